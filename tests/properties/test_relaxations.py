"""What a limit given way opens, against a search that knows nothing of the one before it."""

from collections.abc import Iterator

from hypothesis import given
from profiles import Method, gate, seekers

from matching.config import MatchConfig
from matching.explain.selection import path_key
from matching.relaxing import held_trials, last_trials, list_trials
from matching.seeker import Seeker


def opened_anew(method: Method, seeker: Seeker) -> Iterator[tuple[str, int, float]]:
    """Each constraint that opens something, with how many plans and what they gain, by whole searches."""
    solution = method.solve(seeker)
    known = {path_key(path) for path in solution.found.paths}
    best = max((path.value for path in solution.found.paths), default=0.0)
    active = {*solution.screening.counts, *solution.found.hindered, "occupations", "credentials"}
    opened: set[str] = set()
    last = () if solution.found.paths else last_trials(seeker, solution.reading.person, MatchConfig())
    for trial in (*list_trials(seeker), *last, *held_trials(seeker, solution.reading.person)):
        if trial.constraint in active and (trial.constraint == "credentials" or trial.constraint not in opened):
            new = [path for path in method.solve(trial.seeker).found.paths if path_key(path) not in known]
            if new:
                opened.add(trial.constraint)
                yield trial.constraint, len(new), round(max(0.0, max(path.value for path in new) - best), 2)


@gate
@given(seekers)
def test_a_limit_given_way_opens_what_a_match_without_it_finds(method: Method, seeker: Seeker) -> None:
    expected = sorted(opened_anew(method, seeker))

    relaxations = method.answer(seeker).relaxations

    assert sorted((r.constraint, r.opens_plans, r.gain_usd) for r in relaxations) == expected
