"""Pareto sets: who is beaten by nobody."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Criteria = tuple[float, ...]


def dominates(a: Criteria, b: Criteria) -> bool:
    """Whether `a` is at least as good as `b` in every criterion and better in one; smaller is better."""
    return a != b and all(x <= y for x, y in zip(a, b, strict=True))


def admit(bag: list[tuple[Criteria, T]], criteria: Criteria, item: T) -> bool:
    """Add an item to a bag of non-dominated ones, dropping those it dominates; False when it is dominated or equal."""
    if any(all(x <= y for x, y in zip(kept, criteria, strict=True)) for kept, _ in bag):
        return False
    bag[:] = [entry for entry in bag if not dominates(criteria, entry[0])]
    bag.append((criteria, item))
    return True


def non_dominated(items: Iterable[T], criteria: Callable[[T], Criteria]) -> list[T]:
    """The items no other dominates, in the order given; of equals, all are kept."""
    listed: Sequence[tuple[Criteria, T]] = [(criteria(item), item) for item in items]
    return [item for c, item in listed if not any(dominates(other, c) for other, _ in listed)]
