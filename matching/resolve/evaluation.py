"""How often titles are understood: first place, in five, calibration. Pure: labelled titles in, figures out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matching.answer import Candidate
from matching.resolve.resolver import Resolver

BINS = 10
_Z = 1.96  # 95 % interval


@dataclass(frozen=True, slots=True)
class LabelledTitle:
    """A title and the codes that are right for it, at the digits given: "31-1131" accepts every code beneath it."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n with its 95 % Wilson interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Titles whose stated probability fell in a tenth: what was said, and what was so."""

    low: float
    high: float
    n: int
    mean_probability: float
    share_right: float


@dataclass(frozen=True, slots=True)
class TitleEvaluation:
    """Figures over labelled titles. Titles not understood count as wrong, and have no part in calibration."""

    first: Share
    in_five: Share
    understood: Share
    expected_calibration_error: float | None
    reliability: tuple[ReliabilityBin, ...]


def evaluate_titles(resolver: Resolver, labelled: Sequence[LabelledTitle]) -> TitleEvaluation:
    """Resolve each labelled title and compare at the digits of its label."""
    results = resolver.resolve_titles((t.text for t in labelled), top=10)
    first = five = understood = 0
    stated: list[tuple[float, bool]] = []
    for title, result in zip(labelled, results, strict=True):
        groups = _groups(result.candidates, title.codes)
        hits = [group for group, _ in groups[:5] if group in title.codes]
        right = bool(groups) and groups[0][0] in title.codes
        first += right
        five += bool(hits)
        if result.code is not None:
            understood += 1
            stated.append((groups[0][1], right))
    bins = _reliability(stated)
    error = sum(b.n * abs(b.mean_probability - b.share_right) for b in bins) / len(stated) if stated else None
    n = len(labelled)
    return TitleEvaluation(_share(first, n), _share(five, n), _share(understood, n), error, bins)


def _groups(candidates: Sequence[Candidate], codes: tuple[str, ...]) -> list[tuple[str, float]]:
    """Candidates at the label's digits in the order of their first member, with the probability of all members."""
    digits = min(len(code) for code in codes)
    total: dict[str, float] = {}
    for candidate in candidates:
        group = candidate.code[:digits]
        total[group] = total.get(group, 0.0) + (candidate.probability or 0.0)
    return list(total.items())


def _share(hits: int, n: int) -> Share:
    if n == 0:
        return Share(math.nan, 0.0, 1.0, 0)
    p = hits / n
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
    return Share(p, max(0.0, middle - half), min(1.0, middle + half), n)


def _reliability(stated: Sequence[tuple[float, bool]]) -> tuple[ReliabilityBin, ...]:
    bins = []
    for k in range(BINS):
        inside = [(p, right) for p, right in stated if min(BINS - 1, int(p * BINS)) == k]
        if inside:
            n = len(inside)
            bins.append(
                ReliabilityBin(
                    k / BINS, (k + 1) / BINS, n, sum(p for p, _ in inside) / n, sum(right for _, right in inside) / n
                )
            )
    return tuple(bins)
