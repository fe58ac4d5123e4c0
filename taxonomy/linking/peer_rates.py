"""Peer rates: what an unreported program is assumed to do, fitted from counted outcomes of like programs.

Each program i of a peer group saw x_i of n_i people succeed. Its own rate is taken as drawn from Beta(alpha, beta) and
x_i as binomial on it. The two parameters come from moments (Kleinman 1973, "Proportions with extraneous variance"):
the mean and how far the rates spread beyond binomial chance. Moments need no starting values and give the same digits
on every machine; programs count by n / (1 + rho (n - 1)), so that one large college does not speak for its field.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.programs import OutcomeRate, PeerRate, Program

ALL = "all"
# A spread fitted from fewer programs or people than these is mostly chance; such a field uses the group of all.
MIN_PROGRAMS = 5
MIN_PEOPLE = 50
# Outside these bounds the beta is a spike or two spikes, which counts of this size cannot tell from it.
_LEAST_SPREAD, _MOST_SPREAD = 0.001, 0.9
_ROUNDS = 200
_SETTLED = 1e-10
_NO_AWARDS: Mapping[str, str | None] = MappingProxyType({})

Floats = npt.NDArray[np.float64]


@frozen
class Beta:
    """A fitted beta distribution."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The expected rate."""
        return self.alpha / (self.alpha + self.beta)


@frozen
class Origin:
    """Where the counts come from, as a peer rate tells it."""

    area: str
    period: str
    source: str
    release: str


def fit_beta_binomial(successes: Sequence[float], totals: Sequence[float]) -> Beta:
    """The beta distribution behind counted rates.

    Args:
        successes: people who succeeded, a program each.
        totals: people at risk, all above zero.

    Raises:
        ValueError: fewer than two programs, an impossible count, or no variation to fit (all or none succeeded).
    """
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    if len(x) < 2 or len(x) != len(n) or bool(np.any((n <= 0) | (x < 0) | (x > n))):
        raise ValueError("needs two programs or more, each with 0 <= successes <= total and total > 0")
    if x.sum() in (0.0, n.sum()):
        raise ValueError("all programs have the same extreme rate")
    weights = n
    mean, spread = _moments(x / n, n, weights)
    for _ in range(_ROUNDS):
        weights = n / (1 + spread * (n - 1))
        before = spread
        mean, spread = _moments(x / n, n, weights)
        if abs(spread - before) < _SETTLED:
            break
    strength = 1 / spread - 1  # alpha + beta: how many people the prior is worth
    return Beta(mean * strength, (1 - mean) * strength)


def _moments(rates: Floats, n: Floats, weights: Floats) -> tuple[float, float]:
    """Weighted mean, and the spread rho = 1 / (alpha + beta + 1) that explains the scatter beyond chance."""
    share = weights / weights.sum()
    mean = float(share @ rates)
    scatter = float(weights @ (rates - mean) ** 2)
    chance = float((weights / n) @ (1 - share))
    largest = float(weights @ (1 - share))
    spread = (scatter / (mean * (1 - mean)) - chance) / (largest - chance) if largest > chance else _LEAST_SPREAD
    return mean, min(max(spread, _LEAST_SPREAD), _MOST_SPREAD)


_Group = tuple[str, str, str | None]  # population; "all" or a two-digit CIP family; award, None for whatever they give


def fit_peer_rates(
    outcomes: Iterable[OutcomeRate], measure: str, origin: Origin, awards: Mapping[str, str | None] = _NO_AWARDS
) -> list[PeerRate]:
    """Peer rates of one measure: for all programs, each two-digit CIP family, each award, and each family's award.

    People who are counted differently (completers, all who left) are never put together. A group below the minimum, or
    without variation, has no record: the wider one stands for it.

    Args:
        outcomes: counted rates.
        measure: the one to fit.
        origin: where the counts come from.
        awards: what a program gives by its own record, by its id; not known of programs that are not named.
    """
    groups: dict[_Group, list[OutcomeRate]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.measure == measure and outcome.denominator > 0:
            family = () if not outcome.cip_code else (outcome.cip_code[:2],)
            award = awards.get(outcome.program_id or "")
            for group in (ALL, *family):
                for given in dict.fromkeys((None, award)):
                    groups[outcome.population, group, given].append(outcome)
    return [
        rate
        for group in sorted(groups, key=lambda g: (g[0], g[1] != ALL, g[1], g[2] or ""))
        if (rate := _peer_rate(groups[group], measure, group, origin)) is not None
    ]


def _peer_rate(outcomes: Sequence[OutcomeRate], measure: str, group: _Group, origin: Origin) -> PeerRate | None:
    people = sum(o.denominator for o in outcomes)
    if len(outcomes) < MIN_PROGRAMS or people < MIN_PEOPLE:
        return None
    try:
        fitted = fit_beta_binomial([o.numerator for o in outcomes], [o.denominator for o in outcomes])
    except ValueError:
        return None  # every program of the family reports the same extreme: nothing to learn about their spread
    return PeerRate(
        measure=measure,
        group=group[1],
        alpha=round(fitted.alpha, 3),
        beta=round(fitted.beta, 3),
        programs=len(outcomes),
        people=round(people),
        area=origin.area,
        period=origin.period,
        source=origin.source,
        release=origin.release,
        award=group[2],
        population=group[0],
    )


def list_peer_rates(new_jersey: Iterable[OutcomeRate], california: Iterable[OutcomeRate]) -> list[PeerRate]:
    """All peer rates: employment from New Jersey's completers, completion from California's exiters.

    The two lists are not mixed: each measure comes from the one whose denominator fits it.
    """
    employed, completed = list(new_jersey), list(california)
    rates = [
        *fit_peer_rates(employed, "employment_q2", _new_jersey(employed)),
        *fit_peer_rates(employed, "employment_q4", _new_jersey(employed)),
        *fit_peer_rates(completed, "completion", _california(completed)),
    ]
    return sorted(rates, key=lambda r: (r.measure, r.group != ALL, r.group))


def list_peers_of_lists(outcomes: Iterable[OutcomeRate], programs: Iterable[Program]) -> list[PeerRate]:
    """Peer rates of the lists that count each program by itself: those alone can say what their peers award."""
    known = {program.id: program for program in programs}
    by_release: dict[str, list[OutcomeRate]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.program_id in known:
            by_release[outcome.release].append(outcome)
    awards = {program.id: program.award for program in known.values()}
    return [
        rate
        for release, counted in sorted(by_release.items())
        for measure in sorted({outcome.measure for outcome in counted})
        for rate in fit_peer_rates(counted, measure, _of_list(release, counted, known), awards)
    ]


def list_peers_by_award(
    outcomes: Iterable[OutcomeRate], programs: Iterable[Program], fitted: Iterable[PeerRate]
) -> list[PeerRate]:
    """Peer rates by award of lists that count a provider's field of study as one, New Jersey's above all.

    Only fields in which all listed programs of a provider give the same award take part: of a mixture it is not known
    whom the counts are of.

    Args:
        outcomes: counted rates.
        programs: what is listed.
        fitted: the rates of the same lists whatever they award, which say what area and period they are of.
    """
    lists = {rate.release: rate for rate in fitted}
    given: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for program in programs:
        if program.cip_code is not None:
            given[program.provider_id, program.cip_code].add(program.award)
    awards = {field: next(iter(kinds)) for field, kinds in given.items() if len(kinds) == 1}
    by_release: dict[str, list[OutcomeRate]] = defaultdict(list)
    for outcome in outcomes:
        field = (outcome.provider_id, outcome.cip_code or "")
        if outcome.program_id is None and awards.get(field) is not None and outcome.release in lists:
            # A number of its own for each field, under which its award is looked up.
            by_release[outcome.release].append(replace(outcome, program_id=" ".join(field)))
    known = {" ".join(field): award for field, award in awards.items()}
    return [
        rate
        for release, counted in sorted(by_release.items())
        for measure in sorted({outcome.measure for outcome in counted})
        for rate in fit_peer_rates(counted, measure, _of_fields(lists[release]), known)
        if rate.award is not None
    ]


def _of_fields(whole: PeerRate) -> Origin:
    source = f"{whole.source}; of providers that give one kind of award in the field"
    return Origin(area=whole.area, period=whole.period, source=source, release=whole.release)


def _of_list(release: str, counted: Sequence[OutcomeRate], known: Mapping[str, Program]) -> Origin:
    states = {known[outcome.program_id or ""].state for outcome in counted}
    periods = {outcome.period for outcome in counted}
    state, period = (values.pop() if len(values) == 1 else None for values in (states, periods))
    source = f"the programs of {release}, each by itself; fitted by moments"
    return Origin(area=state or "several states", period=period or "period not stated", source=source, release=release)


def _new_jersey(outcomes: Sequence[OutcomeRate]) -> Origin:
    return Origin(
        area="NJ",
        period="before 2020",
        source="New Jersey training programs: employment of completers, vintage before 2020; fitted by moments",
        release=outcomes[0].release if outcomes else "",
    )


def _california(outcomes: Sequence[OutcomeRate]) -> Origin:
    release = outcomes[0].release if outcomes else ""
    return Origin(
        area="CA",
        period="as reported in 2026",
        source="California training programs (a sample), ETA-9171: completers among exiters; fitted by moments",
        release=release,
    )
