"""Selection: from the non-dominated paths to at most six plans that differ in kind, labelled by what each is best at.

The labels are true by construction: each names the path that leads all others in one measure, ties broken by value.
The rest of the places go to a ladder of several steps where none is shown yet, then to jobs that no plan opens so far,
then to further kinds: other credentials on the way to the same job.
"""

from collections.abc import Callable, Sequence

from matching.moves import Path
from taxonomy.frozen import frozen

Measure = Callable[[Path], tuple[float, ...]]
IsSo = Callable[[Path], bool]
InCommon = Callable[[Path], int]

# A plan that may cost more than it brings has to bring at least this share of the best one, whatever else it leads in.
LEAST_SHARE = 0.25
# Few open questions make no good plan of a poor one: the best overall is worth at least this share of the best.
OVERALL_SHARE = 0.5


def labels_for(is_far: IsSo, in_common: InCommon) -> dict[str, Measure]:
    """What plans are compared in, smaller is better; ties go to value, then to the stronger evidence.

    In the overall choice, among plans worth a good share of the best, fewer open questions come first, so that a path
    is never best by being unknown, and among equals work far from what the person has done comes last.
    """
    return {
        "overall": lambda p: (p.concerns, is_far(p), -p.value, p.evidence),
        "highest_value": lambda p: (-p.value, p.evidence),
        "fastest": lambda p: (p.better_pay_after, -p.value, p.evidence),
        "cheapest": lambda p: (p.cost_high, -p.value, p.evidence),
        "best_paid": lambda p: (-p.wage, -p.value, p.evidence),
        "best_proven": lambda p: (p.evidence, -p.value),
        # Last: interests give a place of their own and move no other label.
        "interests": lambda p: (-in_common(p), -p.value, p.evidence),
    }


@frozen
class Selected:
    """A path and the labels it earned."""

    path: Path
    best_at: tuple[str, ...]


def path_key(path: Path) -> tuple[object, ...]:
    """What makes two paths the same route: programs and supports in order, and the job at the end."""
    last = path.openings[-1]
    return (
        tuple((m.program, -1 if m.support is None else m.support) for m in path.moves),
        last.occupation if last else -1,
    )


def kind_key(path: Path) -> tuple[object, ...]:
    """What makes two paths the same in kind: the credentials earned and the job at the end, whoever teaches them."""
    last = path.openings[-1]
    return (tuple(m.award if not m.award.startswith("program:") else "" for m in path.moves), last and last.occupation)


def _never(_path: Path) -> bool:
    return False


def _none(_path: Path) -> int:
    return 0


def _stands(label: str, paths: Sequence[Path], is_unwanted: IsSo, in_common: InCommon) -> list[int]:
    """The paths that may bear a label: unwanted work is never best overall, nor by interests where none is shared."""
    if label == "interests":
        return [i for i, path in enumerate(paths) if in_common(path)]
    if label != "overall":
        return list(range(len(paths)))
    wanted = [i for i, path in enumerate(paths) if not is_unwanted(path)]
    best = max((paths[i].value for i in wanted), default=0.0)
    return [i for i in wanted if paths[i].value >= OVERALL_SHARE * best]


def select(
    paths: Sequence[Path],
    most: int,
    is_far: IsSo = _never,
    is_unwanted: IsSo = _never,
    in_common: InCommon = _none,
) -> list[Selected]:
    """At most `most` plans: the leaders first, then further kinds by value; ladders of several steps before others.

    Args:
        paths: the paths no other beats.
        most: plans wanted.
        is_far: whether the work is far from what the person has done.
        is_unwanted: whether a job of the path is known to be of a kind the person wants no part of.
        in_common: how many interests the person has in common with the job at the end.
    """
    best = max((p.value for p in paths), default=0.0)
    worthwhile = [p for p in paths if p.value >= min(p.cost_high, LEAST_SHARE * best)]
    ordered = sorted(worthwhile, key=lambda p: (-p.value, path_key(p)))
    labels: dict[int, list[str]] = {}
    for label, measure in labels_for(is_far, in_common).items():
        running = _stands(label, ordered, is_unwanted, in_common)
        if running:
            leader = min(running, key=lambda i: (measure(ordered[i]), path_key(ordered[i])))
            labels.setdefault(leader, []).append(label)
    leaders = list(labels)[:most]
    further = _further([p for i, p in enumerate(ordered) if i not in labels], [ordered[i] for i in leaders], most)
    return [*(Selected(ordered[i], tuple(labels[i])) for i in leaders), *(Selected(path, ()) for path in further)]


def _further(rest: Sequence[Path], leaders: Sequence[Path], most: int) -> list[Path]:
    """Paths of kinds not shown so far, for the places that are left; of `rest` in order of value."""
    shown = list(leaders)
    wanted: tuple[IsSo, ...] = (
        lambda path: _is_ladder(path) and not any(map(_is_ladder, shown)),
        lambda path: _jobs(path)[-1] not in {job for other in shown for job in _jobs(other)},
        lambda path: kind_key(path) not in {kind_key(other) for other in shown},
    )
    for is_wanted in wanted:
        for path in rest:
            if len(shown) < most and is_wanted(path):
                shown.append(path)
    return shown[len(leaders) :]


def _is_ladder(path: Path) -> bool:
    return len(path.moves) > 1


def _jobs(path: Path) -> list[int | None]:
    """The jobs along a path: it may be left at each."""
    return [opening.occupation if opening else None for opening in path.openings]
