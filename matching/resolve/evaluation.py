"""How often words are understood: first place, in five, calibration. Pure: known cases in, figures out."""

import math
from collections.abc import Callable, Sequence
from datetime import date

from matching.answer import Candidate, Resolved
from matching.resolve.credential_names import plain
from matching.resolve.credentials import CredentialIndex
from matching.resolve.generated import (
    TITLE_NOISE,
    Case,
    Spelling,
    cases,
    credential_names,
    program_names,
    skill_names,
    title_names,
    told_apart,
    with_level,
    without_some,
)
from matching.resolve.noise import dropped_word, typo
from matching.resolve.resolver import Resolver
from matching.resolve.text import normalise
from matching.seeker import HeldCredential
from taxonomy.frozen import frozen
from taxonomy.snapshot import Snapshot

BINS = 10
MOST_CASES = 400  # of each kind of noise: an interval of five points at nine in ten
SEED = 20_261_122  # another than those of the fits
# By this spelling a text with noise is told to be the name of something else.
SPELLINGS: dict[str, Spelling] = {"credentials": plain, "skills": normalise}
_Z = 1.96  # 95 % interval
_NO_DAY = date(2000, 1, 1)  # what a credential is does not depend on the day


@frozen
class Share:
    """A share of n with its 95 % Wilson interval."""

    value: float
    low: float
    high: float
    n: int


@frozen
class ReliabilityBin:
    """Texts whose stated probability fell in a tenth: what was said, and what was so."""

    low: float
    high: float
    n: int
    mean_probability: float
    share_right: float


@frozen
class Evaluation:
    """Figures over cases.

    Texts not understood count as wrong, unless nothing is listed for them, and have no part in calibration.
    """

    kind: str
    cases: str
    first: Share
    in_five: Share
    understood: Share
    expected_calibration_error: float | None
    reliability: tuple[ReliabilityBin, ...]


def evaluate_titles(resolver: Resolver, labelled: Sequence[Case], name: str = "labelled") -> Evaluation:
    """Resolve each labelled title and compare at the digits of its label."""
    return evaluate("titles", name, labelled, resolver.resolve_titles((t.text for t in labelled), top=10))


def evaluate_generated(resolver: Resolver, snapshot: Snapshot, most: int = MOST_CASES) -> list[Evaluation]:
    """Listed names with seeded noise, by kind and noise; kinds of which the snapshot lists nothing are left out."""
    titles = title_names(snapshot)
    found, others = [], []
    for name, noise in TITLE_NOISE.items():
        same, other = told_apart(cases(titles, noise, most, SEED), titles)
        found.append(evaluate_titles(resolver, same, name))
        others += other
    # Shown, but apart: nothing in these words tells that other work was meant.
    found.append(evaluate_titles(resolver, others, "made another title"))
    kinds: tuple[tuple[str, dict[str, tuple[str, ...]], Callable[[str], Resolved]], ...] = (
        ("skills", skill_names(snapshot), lambda text: resolver.resolve_skill(text)[0]),
        (
            "credentials",
            credential_names(snapshot),
            lambda text: resolver.resolve_credential(HeldCredential(text), _NO_DAY).resolved,
        ),
        ("programs", program_names(snapshot), resolver.resolve_program),
    )
    for kind, names, resolve in kinds:
        for name, noise in (("typo", typo), ("dropped word", dropped_word), ("level said", with_level)):
            if (name == "level said") == (kind == "skills") or name == "typo":
                drawn = cases(names, noise, most, SEED, SPELLINGS.get(kind))
                found.append(evaluate(kind, name, drawn, [resolve(case.text) for case in drawn]))
    found.append(_unlisted(snapshot, most))
    return [e for e in found if e.first.n]


def _unlisted(snapshot: Snapshot, most: int) -> Evaluation:
    """Credentials whose list lacks what is asked for: right is who says so."""
    listed, unknown = without_some(snapshot.credentials, 1)
    index = CredentialIndex(listed, 0.0)
    drawn = unknown[:most]
    results = [index.resolve(HeldCredential(case.text), _NO_DAY, None).resolved for case in drawn]
    return evaluate("credentials", "not listed", drawn, results)


def evaluate(kind: str, name: str, known: Sequence[Case], results: Sequence[Resolved]) -> Evaluation:
    """Compare results with what is right, at the digits of each case's codes."""
    first = five = understood = 0
    stated: list[tuple[float, bool]] = []
    for case, result in zip(known, results, strict=True):
        # Only occupations' codes have parts: "31-1131" accepts every code beneath it.
        digits = min(map(len, case.codes), default=None) if kind == "titles" else None
        groups = _groups(result.candidates, digits)
        hits = [group for group, _ in groups[:5] if group in case.codes]
        right = bool(groups) and groups[0][0] in case.codes
        if not case.codes:
            first, five = first + (result.code is None), five + (result.code is None)
            understood += result.code is not None
            continue
        first += right
        five += bool(hits)
        if result.code is not None:
            understood += 1
            stated.append((groups[0][1], right if case.meant is None else groups[0][0] == case.meant))
    bins = _reliability(stated)
    error = sum(b.n * abs(b.mean_probability - b.share_right) for b in bins) / len(stated) if stated else None
    n = len(known)
    return Evaluation(kind, name, _share(first, n), _share(five, n), _share(understood, n), error, bins)


def _groups(candidates: Sequence[Candidate], digits: int | None) -> list[tuple[str, float]]:
    """Candidates at the label's digits in the order of their first member, with the probability of all members."""
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
