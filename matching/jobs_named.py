"""Jobs a person names, past and wanted: a code of the data says which is meant, or words do, read together."""

from collections.abc import Iterable
from datetime import date

from matching.answer import Resolved
from matching.resolve.resolver import WorkTold
from matching.seeker import Job, Seeker
from matching.wording import say
from matching.world import World
from taxonomy.codes import parse_onet_code, parse_soc_code
from taxonomy.frozen import frozen


@frozen
class Goal:
    """A job wanted, and the rows of the occupations that are meant: a SOC code may cover several."""

    resolved: Resolved
    rows: tuple[int, ...]


def read_jobs(seeker: Seeker, world: World, today: date) -> tuple[tuple[Resolved, ...], tuple[Goal, ...]]:
    """The jobs of the past and the jobs wanted, in their order."""
    words = iter(world.resolver.resolve_work(_told(seeker, world), today=today))
    past = tuple(_coded(job, world) or next(words) for job in seeker.work_history)
    return past, tuple(_coded_goal(text, world) or _goal(next(words), world) for text in seeker.goals.occupations)


def read_ahead(seekers: Iterable[Seeker], world: World, today: date) -> None:
    """Read the jobs of several people at once, which takes half the time of one person after the other.

    What was read is remembered for a while, and is the same as for each person alone.
    """
    world.resolver.resolve_work([told for seeker in seekers for told in _told(seeker, world)], today=today)


def unknown_codes(seeker: Seeker, world: World) -> tuple[str, ...]:
    """Codes given beside jobs that are none of the data's, so that the words were read instead."""
    codes = dict.fromkeys(job.onet_code for job in seeker.work_history if job.onet_code and (job.title or job.duties))
    return tuple(say("confirm.code_not_known", code=code) for code in codes if not _rows_of_code(code, world))


def _told(seeker: Seeker, world: World) -> list[WorkTold]:
    """The title and the duties of each job that words alone name, in the order `read_jobs` asks for them."""
    past = [(job.title or job.duties or "", job.duties) for job in seeker.work_history if not _coded(job, world)]
    wanted = [(text, None) for text in seeker.goals.occupations if not _coded_goal(text, world)]
    return [*past, *wanted]


def _coded(job: Job, world: World) -> Resolved | None:
    """A job by its code, or of which nothing but a code is said that is not in the data; None: by its words."""
    occupations = world.catalog.occupations
    rows = _rows_of_code(job.onet_code, world) if job.onet_code else None
    if rows:
        text = job.title or job.onet_code or ""
        return Resolved(text, occupations.codes[rows[0]], occupations.titles[rows[0]], 1.0)
    return None if job.title or job.duties else Resolved(job.onet_code or "", None, None, 0.0)


def _coded_goal(text: str, world: World) -> Goal | None:
    """A job wanted by a code; None: by its words."""
    occupations = world.catalog.occupations
    rows = _rows_of_code(text, world)
    if rows is None:
        return None
    if not rows:
        return Goal(Resolved(text, None, None, 0.0), ())
    code = occupations.codes[rows[0]] if len(rows) == 1 else text.strip()
    return Goal(Resolved(text, code, occupations.titles[rows[0]], 1.0), rows)


def _goal(resolved: Resolved, world: World) -> Goal:
    row = world.catalog.occupations.row
    return Goal(resolved, (row[resolved.code],) if resolved.code in row else ())


def _rows_of_code(text: str, world: World) -> tuple[int, ...] | None:
    """The occupations of an O*NET or a SOC code, none where it is not in the data; None of what is no code."""
    occupations = world.catalog.occupations
    onet, soc = parse_onet_code(text), parse_soc_code(text)
    if onet is not None:
        return (occupations.row[onet],) if onet in occupations.row else ()
    if soc is not None:
        return tuple(row for row, code in enumerate(occupations.codes) if code.startswith(f"{soc}."))
    return None
