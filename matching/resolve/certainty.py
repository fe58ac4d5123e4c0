"""How sure a skill, credential or program is: a score and its lead over the next to a calibrated probability.

A logistic line for each kind, fitted by `matching.resolve.certainty_training` on names left out of the index and on
names with seeded noise. Titles have a model of their own.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from matching.answer import Candidate
from taxonomy.frozen import frozen

KINDS = ("skills", "activities", "credentials", "programs")


@frozen
class Certainty:
    """Log-odds that a candidate is right: `base`, and what each point of score and of lead over the next adds."""

    base: float
    score: float
    lead: float

    def probability(self, score: float, lead: float) -> float:
        """0 to 1, for a score of 0 to 1 and a lead of -1 to 1."""
        return 1 / (1 + math.exp(-(self.base + self.score * score + self.lead * lead)))


@cache
def load_certainties() -> dict[str, Certainty]:
    """The fitted lines beside this module, by kind."""
    stored = json.loads(files(__package__).joinpath("certainty.json").read_text("utf-8"))
    return {kind: Certainty(**stored[kind]) for kind in KINDS}


def leads(candidates: Sequence[Candidate]) -> list[float]:
    """How far each candidate is ahead of the best of the others; behind it, where negative."""
    scores = [c.score for c in candidates]
    return [own - max((s for j, s in enumerate(scores) if j != i), default=0.0) for i, own in enumerate(scores)]


def with_probabilities(kind: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates with their probabilities, which sum to one at most."""
    if not candidates:
        return ()
    line = load_certainties()[kind]
    first, *others = (line.probability(c.score, lead) for c, lead in zip(candidates, leads(candidates), strict=True))
    # What the first has not, the others share; none is said to be likelier than the first.
    part = min(1.0, (1 - first) / max(1e-9, sum(others)))
    said = (first, *(min(first, other * part) for other in others))
    return tuple(replace(c, probability=round(p, 4)) for c, p in zip(candidates, said, strict=True))
