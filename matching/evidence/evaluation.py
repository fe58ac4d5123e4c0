"""Does drawing small counts towards peers predict better? Half of each program's people, hidden, are the judge.

The priors are fitted on one half of the providers; each program of the other half shows half of its people and keeps
the rest hidden. Predictions of the hidden people are compared: the program's own raw rate, the mean of everybody, the
mean of its field, the shrunken rate that answers show, and the same if counts under ten were used, which they are not:
the gap between the last two is what protecting small groups costs. Then the halves change places. Every program counts
once, because the question is which program to trust. Same counts, same seed, same figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from math import log
from types import MappingProxyType

import numpy as np

from matching.evidence.peers import Peers
from matching.evidence.rates import posterior
from taxonomy.frozen import frozen
from taxonomy.linking.peer_rates import ALL, Origin, fit_peer_rates
from taxonomy.programs import OutcomeRate

METHODS = ("raw rate", "mean of all", "mean of the field", "shrunken rate", "shrunken, small counts too")
# Sizes of the part that is shown, from and up to.
BANDS = ((1, 9), (10, 49), (50, None))
_SEED = 20_260_101
_NO_AWARDS: Mapping[str, str | None] = MappingProxyType({})
_TRAINING = Origin(area="-", period="-", source="held-out prediction", release="-")


@frozen
class EvidenceScore:
    """How well one method foretold hidden people: lower is better. `band` is how many people each program showed."""

    measure: str
    method: str
    band: str
    squared_loss: float
    log_loss: float
    programs: int


@frozen
class _Split:
    """A program's people, shown and hidden."""

    shown: OutcomeRate
    hidden_successes: float
    hidden: float


def evaluate(
    outcomes: Iterable[OutcomeRate],
    measure: str,
    seed: int = _SEED,
    awards: Mapping[str, str | None] = _NO_AWARDS,
) -> tuple[EvidenceScore, ...]:
    """Scores of every method, over all programs and by how many people they showed.

    Args:
        outcomes: counted rates; those of other measures, and programs of fewer than two people, are left out.
        measure: "employment_q2", "completion", ...
        seed: of the draw that hides people.
        awards: what programs give, by id, where their own record says it.

    Raises:
        ValueError: a half of the providers has too few counts to fit anything.
    """
    counted = [o for o in outcomes if o.measure == measure and o.denominator >= 2]
    counted.sort(key=lambda o: (o.provider_id, o.program_id or "", o.cip_code or "", o.population, o.period or ""))
    rng = np.random.default_rng(seed)
    losses: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for half in (0, 1):
        priors = _priors([o for o in counted if _half(o) != half], measure, awards)
        for outcome in counted:
            if _half(outcome) == half:
                split = _hide(outcome, rng)
                for method, chance in _predictions(split.shown, priors, awards.get(outcome.program_id or "")):
                    loss = _loss(split, chance)
                    losses[method, "all"].append(loss)
                    losses[method, _band(split.shown.denominator)].append(loss)
    return tuple(
        _score(measure, method, band, found)
        for band in ("all", *(_name(low, high) for low, high in BANDS))
        for method in METHODS
        if (found := losses.get((method, band)))
    )


def _score(measure: str, method: str, band: str, losses: Sequence[tuple[float, float]]) -> EvidenceScore:
    squared, logarithmic = np.mean(losses, axis=0)
    return EvidenceScore(measure, method, band, float(squared), float(logarithmic), len(losses))


def _half(outcome: OutcomeRate) -> int:
    """Which half a provider is in, the same wherever it runs."""
    return blake2b(outcome.provider_id.encode(), digest_size=1).digest()[0] % 2


def _priors(outcomes: Sequence[OutcomeRate], measure: str, awards: Mapping[str, str | None]) -> Peers:
    fitted = fit_peer_rates(outcomes, measure, _TRAINING, awards)
    if not any(rate.group == ALL for rate in fitted):
        raise ValueError(f"too few counts of {measure} to fit one half of the providers")
    return Peers(fitted)


def _hide(outcome: OutcomeRate, rng: np.random.Generator) -> _Split:
    """Draw half of a program's people, without putting any back; the rest is hidden."""
    people, successes = round(outcome.denominator), round(outcome.numerator)
    shown = people // 2
    seen = int(rng.hypergeometric(successes, people - successes, shown))
    part = OutcomeRate(
        outcome.provider_id,
        outcome.program_id,
        outcome.cip_code,
        outcome.measure,
        float(seen),
        float(shown),
        outcome.population,
        outcome.period,
        outcome.release,
    )
    return _Split(part, float(successes - seen), float(people - shown))


def _predictions(shown: OutcomeRate, priors: Peers, award: str | None) -> tuple[tuple[str, float], ...]:
    everybody = priors.nearest(shown.measure, None, None, shown.population)
    field = priors.nearest(shown.measure, (shown.cip_code or "")[:2] or None, award, shown.population)
    if everybody is None or field is None:
        raise ValueError(f"too few counts of {shown.measure}")
    mean, of_field = (rate.alpha / (rate.alpha + rate.beta) for rate in (everybody, field))
    # Nobody stakes everything on 0 or 1 after a handful of people: half a person keeps the raw rate off both.
    raw = min(max(shown.numerator, 0.5), shown.denominator - 0.5) / shown.denominator
    shrunken = (field.alpha + shown.numerator) / (field.alpha + field.beta + shown.denominator)
    values = (raw, mean, of_field, posterior(field, shown).mean, shrunken)
    return tuple(zip(METHODS, values, strict=True))


def _loss(split: _Split, chance: float) -> tuple[float, float]:
    """Mean squared and logarithmic loss over the hidden people of a program."""
    won, lost = split.hidden_successes, split.hidden - split.hidden_successes
    squared = (won * (1 - chance) ** 2 + lost * chance**2) / split.hidden
    logarithmic = -(won * log(chance) + lost * log(1 - chance)) / split.hidden
    return squared, logarithmic


def _band(people: float) -> str:
    return next(_name(low, high) for low, high in BANDS if high is None or people <= high)


def _name(low: int, high: int | None) -> str:
    return f"{low} and more" if high is None else f"{low} to {high}"
