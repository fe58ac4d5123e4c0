"""Three-valued logic that remembers what it does not know.

A finding is true, false or not known (None), in the sense of Kleene: "unknown or true" is true, "unknown and false" is
false, and whatever is settled stays settled when more becomes known. A finding also keeps its parts, so that the
smallest set of facts that would settle it can be worked out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import product

from taxonomy.frozen import frozen
from taxonomy.law import Parameter

Truth = bool | None
Facts = frozenset[str]

# Alternatives kept when sets are combined. No rule here comes near it; it bounds a rule somebody adds.
_MOST_ALTERNATIVES = 64
_SETTLED: tuple[Facts, ...] = (frozenset(),)


def and_(values: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is unknown, else true."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def or_(values: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is unknown, else false."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def not_(value: Truth) -> Truth:
    """The opposite; the opposite of unknown is unknown."""
    return None if value is None else not value


@frozen
class Finding:
    """What one clause came to. A leaf that is not known names the facts that would settle it.

    `rule` is "clause" for a leaf, "all" or "any" for a combination, "not" for an opposite. `parameters` are the dated
    amounts the clause used.
    """

    name: str
    value: Truth
    citation: str
    missing: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    rule: str = "clause"
    parts: tuple["Finding", ...] = ()
    # What settles it, by outcome, once worked out: a person's findings are parts of those on many programs.
    ways: dict[bool, tuple[Facts, ...]] = field(default_factory=dict, compare=False, repr=False)

    def leaves(self) -> Iterator["Finding"]:
        """The clauses at the end of every branch, in order."""
        if self.rule == "clause":
            yield self
        else:
            for part in self.parts:
                yield from part.leaves()


def all_of(name: str, citation: str, *parts: Finding) -> Finding:
    """Every part must hold."""
    return Finding(name, and_(p.value for p in parts), citation, rule="all", parts=parts)


def any_of(name: str, citation: str, *parts: Finding) -> Finding:
    """One part that holds is enough."""
    return Finding(name, or_(p.value for p in parts), citation, rule="any", parts=parts)


def negate(name: str, citation: str, part: Finding) -> Finding:
    """The part must not hold."""
    return Finding(name, not_(part.value), citation, rule="not", parts=(part,))


def ways_to_settle(finding: Finding, *, outcome: bool) -> tuple[Facts, ...]:
    """Sets of facts that, answered the right way, would bring `finding` to `outcome`; smallest first.

    No set contains another. Empty when nothing can bring it there; the one empty set when it is there already.
    """
    if finding.value is not None:
        return _SETTLED if finding.value is outcome else ()
    if outcome not in finding.ways:
        finding.ways[outcome] = _ways(finding, outcome=outcome)
    return finding.ways[outcome]


def _ways(finding: Finding, *, outcome: bool) -> tuple[Facts, ...]:
    if finding.rule == "clause":
        return (frozenset(finding.missing),)
    if finding.rule == "not":
        return ways_to_settle(finding.parts[0], outcome=not outcome)
    # By De Morgan, refuting "all" is like proving "any": one part is enough.
    one_is_enough = (finding.rule == "any") is outcome
    # A part that is settled the other way has no way of its own; one settled this way adds nothing.
    open_parts = [ways_to_settle(part, outcome=outcome) for part in finding.parts if part.value is None]
    if one_is_enough:
        return _smallest([way for ways in open_parts for way in ways])
    combined = _SETTLED
    for ways in open_parts:
        combined = ways if combined is _SETTLED else _smallest([a | b for a, b in product(combined, ways)])
    return combined


def _smallest(ways: list[Facts]) -> tuple[Facts, ...]:
    """Drop every set that contains another; order by size, equal sizes in the order of the clauses."""
    if len(ways) == 1:
        return (ways[0],)
    kept: list[Facts] = []
    for way in sorted(dict.fromkeys(ways), key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
    return tuple(kept[:_MOST_ALTERNATIVES])
