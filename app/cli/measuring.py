"""Times of the engine on this machine, as medians and as ratios to work whose cost is known."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from matching.config import MatchConfig
from matching.engine import match
from matching.fit.gap import gaps
from matching.reading import read_person
from matching.seeker import Job, Location, Seeker
from matching.world import World
from taxonomy.frozen import frozen

DAY = date(2026, 1, 1)  # any day: a measurement has to be the same tomorrow

SEEKERS = tuple(
    Seeker(
        location=Location(zip="78207", max_miles=30.0),
        work_history=(Job(title=title, months=30),),
        education_level=level,
    )
    for title, level in (
        ("nursing home aide", "high_school_equivalency"),
        ("warehouse picker", "high_school_diploma"),
        ("cashier", "less_than_high_school"),
        ("welder", "postsecondary_certificate"),
        ("line cook", "some_college"),
    )
)


@frozen
class EngineFigures:
    """Medians over several people on the data in use."""

    occupations: int
    programs: int
    match_ms: float
    slowest_ms: float
    gaps_ms: float

    @property
    def ratio(self) -> float:
        """How many evaluations of the gaps to all occupations one match costs."""
        return self.match_ms / self.gaps_ms

    def rows(self) -> list[tuple[str, str]]:
        """The figures, for a table."""
        return [
            ("occupations", f"{self.occupations:,}"),
            ("programs", f"{self.programs:,}"),
            ("one match, median over people, ms", f"{self.match_ms:.1f}"),
            ("one match, slowest person, ms", f"{self.slowest_ms:.1f}"),
            ("gaps to all occupations, ms", f"{self.gaps_ms:.3f}"),
            ("one match, in evaluations of the gaps", f"{self.ratio:.0f}"),
        ]


def median_ms(work: Callable[[], object], times: int) -> float:
    """Median time of some work on this thread, once warm: what else the machine does meanwhile does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.thread_time()
        work()
        taken.append(time.thread_time() - start)
    return statistics.median(taken) * 1000


def measure_engine(world: World, times: int = 7) -> EngineFigures:
    """Match several people, and evaluate the gaps of one to every occupation, the one array product of the method."""
    config = MatchConfig()
    each = [median_ms(partial(match, seeker, world, config, DAY), times) for seeker in SEEKERS]
    level = read_person(SEEKERS[0], world, DAY).capability.level
    need = world.snapshot.need
    return EngineFigures(
        occupations=len(world.snapshot.occupations),
        programs=len(world.snapshot.programs),
        match_ms=statistics.median(each),
        slowest_ms=max(each),
        gaps_ms=median_ms(partial(gaps, level, need, world.weights), times * 20),
    )
