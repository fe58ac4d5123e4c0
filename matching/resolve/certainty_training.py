"""Fits `certainty.json`: how sure a skill, credential or program is, from its score and its lead over the next.

Examples come from the lists themselves: names with seeded noise, and names left out of the list they are sought in,
which stand for words we have not seen. Labelled evaluation texts have no way in.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sklearn.linear_model import LogisticRegression

from matching.answer import Resolved
from matching.resolve.activities import ActivityIndex, derive_activities
from matching.resolve.certainty import KINDS, leads
from matching.resolve.credential_names import plain
from matching.resolve.credentials import CredentialIndex
from matching.resolve.generated import (
    LEFT_OUT,
    Case,
    cases,
    credential_names,
    program_names,
    skill_names,
    with_level,
    without_some,
)
from matching.resolve.noise import dropped_word, few_words, typo
from matching.resolve.postings import Array, Arrays
from matching.resolve.programs import ProgramIndex, derive_programs
from matching.resolve.skills import SkillIndex, derive_skills
from matching.resolve.text import normalise
from matching.seeker import HeldCredential
from taxonomy.credentials import Credential
from taxonomy.snapshot import Snapshot

SEED = 20_260_102
MOST = 600  # examples of each kind of noise
_NO_DAY = date(2000, 1, 1)

Resolve = Callable[[str], Resolved]


class _ArrayStore:
    """Arrays in memory, read as a snapshot's are."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays

    def array(self, name: str) -> Array:
        return self._arrays[name]


def fit_certainties(snapshot: Snapshot) -> str:
    """The text of `certainty.json`, the same for the same snapshot."""
    fitted = {
        kind: _fit(_examples(resolve, drawn))
        for kind, (resolve, drawn) in zip(
            KINDS, (_skills(snapshot), _activities(snapshot), _credentials(snapshot), _programs(snapshot)), strict=True
        )
    }
    return json.dumps(fitted, indent=2) + "\n"


def _skills(snapshot: Snapshot) -> tuple[Resolve, list[Case]]:
    phrases, kept = _without(snapshot.table("skill_phrases"))
    descriptors, technologies = snapshot.table("descriptors"), snapshot.table("technologies")
    none = ActivityIndex(_ArrayStore(derive_activities([], [])), [], [])  # they have a line of their own
    store = _ArrayStore(derive_skills(kept, descriptors, technologies))
    index = SkillIndex(store, kept, descriptors, technologies, none, 0.0)
    unseen = [Case(p.text, (p.element_id or p.technology or "",)) for p in phrases]
    names = skill_names(snapshot)
    return lambda text: index.resolve(text, None)[0], [*unseen, *_noised(names), *cases(names, with_level, MOST, SEED)]


def _activities(snapshot: Snapshot) -> tuple[Resolve, list[Case]]:
    activities = snapshot.table("work_activities")
    tasks = snapshot.table("tasks")
    index = ActivityIndex(snapshot, activities, tasks)
    named = {t.text: (t.task_id or t.onet_code,) for t in tasks}
    named |= {a.title: (a.activity_id,) for a in activities if a.kind == "detailed"}
    drawn = cases(named, few_words, MOST, SEED)
    return lambda text: Resolved(text, None, None, 0.0, index.search(normalise(text))), drawn


def _credentials(snapshot: Snapshot) -> tuple[Resolve, list[Case]]:
    rng = random.Random(SEED)  # noqa: S311 - a reproducible draw, no secret
    unseen: list[Case] = []
    kept: list[Credential] = []
    for credential in snapshot.credentials:
        gone = rng.choice(credential.aliases) if credential.aliases and not rng.randrange(2) else None
        if gone is not None:
            unseen.append(Case(gone, (credential.id,)))
        kept.append(replace(credential, aliases=tuple(a for a in credential.aliases if a != gone)))
    # Names of what the list has nothing of: whatever is found for them is wrong.
    listed, unlisted = without_some(kept, 0)
    index = CredentialIndex(listed, 0.0)
    ids = {c.id for c in listed}
    names = credential_names(snapshot)
    noised = [case for noise in (typo, dropped_word) for case in cases(names, noise, MOST, SEED, plain)]
    drawn = [*(case for case in (*unseen, *noised) if ids.issuperset(case.codes)), *unlisted]
    return lambda text: index.resolve(HeldCredential(text), _NO_DAY, None).resolved, drawn


def _programs(snapshot: Snapshot) -> tuple[Resolve, list[Case]]:
    programs, providers = snapshot.programs, snapshot.table("providers")
    index = ProgramIndex(_ArrayStore(derive_programs(programs, providers)), programs, providers, 0.0)
    return lambda text: index.resolve(text, 5), _noised(program_names(snapshot))


def _without(rows: Sequence[object]) -> tuple[list, list]:  # type: ignore[type-arg] # rows of any table
    left_out = [row for at, row in enumerate(rows) if at % LEFT_OUT == 0]
    return left_out, [row for at, row in enumerate(rows) if at % LEFT_OUT]


def _noised(names: Mapping[str, Sequence[str]]) -> list[Case]:
    return [*cases(names, typo, MOST, SEED), *cases(names, dropped_word, MOST, SEED)]


def _examples(resolve: Resolve, drawn: Sequence[Case]) -> list[tuple[float, float, bool]]:
    """Score and lead of the first candidate, and whether it is right, of every case that has candidates."""
    found = []
    for case in drawn:
        candidates = resolve(case.text).candidates
        if candidates:
            right = candidates[0].code in ((case.meant,) if case.meant else case.codes)
            found.append((candidates[0].score, leads(candidates)[0], right))
    return found


def _fit(examples: Sequence[tuple[float, float, bool]]) -> dict[str, float]:
    # One made-up case of each outcome, so that a list whose names all come out right gives a line too.
    known = [*examples, (0.0, 0.0, False), (1.0, 1.0, True)]
    line = LogisticRegression(C=100.0).fit([e[:2] for e in known], [e[2] for e in known])
    score, lead = line.coef_[0].tolist()
    if score < 0:
        # How much of a task is said tells nothing of which is meant; a likeness never speaks against a candidate.
        line = LogisticRegression(C=100.0).fit([[e[1]] for e in known], [e[2] for e in known])
        score, lead = 0.0, float(line.coef_[0][0])
    return {"base": round(float(line.intercept_[0]), 4), "score": round(score, 4), "lead": round(lead, 4)}
