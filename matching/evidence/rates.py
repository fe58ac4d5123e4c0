"""Outcome rates from small counts: the provider's own counts pulled towards its peers (empirical Bayes).

A raw rate of a small class is mostly noise: ranking by it ranks luck. A Beta prior fitted to peer programs (by field of
study) and the provider's own counts give a Beta posterior; its mean is shown with an 80 % interval and the count.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, lgamma, log, log1p

from matching.answer_evidence import RateEstimate
from taxonomy.frozen import frozen
from taxonomy.programs import OutcomeRate, PeerRate

# Our rule, not a statute's (29 USC 3141(d)(6)(C) sets no number): counts under ten people are neither shown nor used.
# Not used, because a shown posterior mean and a known prior would give the small count back by subtraction.
SMALLEST_CELL = 10
INTERVAL = 0.80


@frozen
class BetaRate:
    """A rate as a Beta distribution. `n` is the people behind the provider's own figure, None when it has none shown.

    `basis` is own (own counts and peers), peers (peers only), or none (no figure at all: every rate equally likely).
    """

    alpha: float
    beta: float
    n: int | None
    basis: str
    group: str
    source: str

    @property
    def mean(self) -> float:
        """Expected rate, 0 to 1."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def interval(self) -> tuple[float, float]:
        """The central 80 %."""
        tail = (1.0 - INTERVAL) / 2.0
        return beta_quantile(tail, self.alpha, self.beta), beta_quantile(1.0 - tail, self.alpha, self.beta)

    def as_estimate(self, measure: str) -> RateEstimate:
        """The rate as the answer shows it."""
        low, high = self.interval
        return RateEstimate(
            measure, round(self.mean, 4), round(low, 4), round(high, 4), self.n, self.basis, self.group, self.source
        )


# Nothing known: every rate from 0 to 1 is equally likely. It stands for ignorance, and is never shown as an estimate.
NO_FIGURE = BetaRate(1.0, 1.0, None, "none", "no peer figures", "none")


def posterior(prior: PeerRate | None, own: OutcomeRate | None) -> BetaRate:
    """Own counts pulled towards the peers; the peers alone when the own count is small or absent."""
    base = NO_FIGURE if prior is None else _of_peers(prior)
    if own is None or not is_usable(own):
        return base
    return BetaRate(
        alpha=base.alpha + own.numerator,
        beta=base.beta + own.denominator - own.numerator,
        n=int(own.denominator),
        basis="own",
        group=f"{own.population}; drawn towards {base.group}",
        source=own.release,
    )


def is_usable(own: OutcomeRate) -> bool:
    """Counts that are possible and large enough to show."""
    return own.denominator >= SMALLEST_CELL and 0 <= own.numerator <= own.denominator


def reveals_small_cell(total: OutcomeRate, parts: Iterable[OutcomeRate]) -> bool:
    """Whether a total shown beside its parts would give a small count away by subtraction."""
    like = [p for p in parts if (p.population, p.period) == (total.population, total.period) and is_usable(p)]
    rest = total.denominator - sum(p.denominator for p in like)
    return bool(like) and 0 < rest < SMALLEST_CELL


def _of_peers(prior: PeerRate) -> BetaRate:
    field = "all fields of study" if prior.group == "all" else f"field of study {prior.group}"
    award = "any award" if prior.award is None else prior.award.replace("_", " ")
    people = f"{prior.people} people" + (f" ({prior.population})" if prior.population else "")
    group = f"{prior.programs} programs, {people}, {field}, {award}, {prior.area} {prior.period}"
    return BetaRate(prior.alpha, prior.beta, None, "peers", group, prior.source)


# Whose outcomes to prefer when a list counts several groups: the widest first, as the least selected.
_POPULATIONS = ("all_students", "exiters", "completers", "wioa")


def choose_own(rates: Sequence[OutcomeRate]) -> OutcomeRate | None:
    """One count for a program and measure: the widest population, then the latest period, then the larger count."""
    usable = [r for r in rates if is_usable(r)]
    if not usable:
        return None
    order = {name: -i for i, name in enumerate(_POPULATIONS)}
    return max(usable, key=lambda r: (order.get(r.population, -len(order)), r.period or "", r.denominator))


@lru_cache(maxsize=8192)
def beta_quantile(p: float, alpha: float, beta: float) -> float:
    """The value below which a Beta(alpha, beta) variable falls with probability `p`.

    Newton's method on the distribution function, kept inside a shrinking bracket. Written out because importing
    scipy.special would triple the start-up time of the command line; tests compare it with scipy.

    Raises:
        ValueError: a shape is not positive, or p is not between 0 and 1.
    """
    if not (alpha > 0 and beta > 0 and 0 < p < 1):
        raise ValueError(f"no quantile {p} of Beta({alpha}, {beta})")
    low, high = 0.0, 1.0
    x = alpha / (alpha + beta)
    log_norm = lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
    for _ in range(200):
        error = _beta_cdf(x, alpha, beta) - p
        low, high = (x, high) if error < 0 else (low, x)
        density = exp(log_norm + (alpha - 1) * log(x) + (beta - 1) * log1p(-x))
        step = x - error / density if density > 0 else low
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) < 1e-12 or not 0.0 < following < 1.0:
            return min(max(following, 0.0), 1.0)
        x = following
    return x


def _beta_cdf(x: float, alpha: float, beta: float) -> float:
    """Regularised incomplete beta function (DLMF 8.17.22), by its continued fraction where that converges fast."""
    front = exp(
        lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) + alpha * log(x) + beta * log1p(-x),
    )
    if x < (alpha + 1) / (alpha + beta + 2):
        return front * _fraction(x, alpha, beta) / alpha
    return 1.0 - front * _fraction(1.0 - x, beta, alpha) / beta


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of DLMF 8.17.22 by Lentz's method as modified by Thompson and Barnett."""
    tiny = 1e-300  # stands in for a zero denominator, as the method asks
    c, d = 1.0, 1.0 / ((1.0 - (a + b) * x / (a + 1.0)) or tiny)
    value = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d = 1.0 / ((1.0 + term * d) or tiny)
            c = (1.0 + term / c) or tiny
            change = c * d
            value *= change
        if abs(change - 1.0) < 1e-15:
            break
    return value
