"""One provider listed under several numbers: merged where the names say the same and the place or the site proves it.

A name alone never merges: "Dental Assisting School of Texas" is two schools, in two cities with two sites, and the
colleges of one district share a site and not a name. What the rows say stays: the provider kept knows the other
numbers and names, each program keeps the name it was listed under, and every merge is a line of the load report.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlsplit

from taxonomy.frozen import frozen
from taxonomy.linking.findings import Finding, problem_of
from taxonomy.linking.listing import Listing
from taxonomy.programs import OutcomeRate, Provider
from taxonomy.release import Problem

# What one writer adds to a name and another leaves out.
_EMPTY_WORDS = frozenset({"a", "an", "and", "co", "corp", "dba", "inc", "llc", "lp", "ltd", "of", "the"})
_STREET_WORDS = {
    "avenue": "ave", "boulevard": "blvd", "drive": "dr", "east": "e", "freeway": "fwy", "highway": "hwy", "lane": "ln",
    "north": "n", "parkway": "pkwy", "place": "pl", "road": "rd", "south": "s", "street": "st", "west": "w",
}  # fmt: skip
_UNIT = re.compile(r"\b(suite|ste|unit|room|rm|floor|fl|bldg|building|apt)\b.*|#.*")
# Sites that are many people's: an address there proves nothing.
_SHARED_SITES = frozenset({"facebook.com", "google.com", "sites.google.com", "linkedin.com", "wixsite.com"})

Row = TypeVar("Row", Listing, OutcomeRate)


@frozen
class Merged:
    """Providers after merging, what number became which, and a line for each number that gave way or did not."""

    providers: list[Provider]
    into: Mapping[str, str]
    problems: list[Problem]


@frozen
class _Known:
    """One number of a list, and what may prove whose it is."""

    listings: tuple[Listing, ...]
    proofs: frozenset[tuple[str, ...]]

    @property
    def first(self) -> Listing:
        return self.listings[0]


def merge_providers(
    listings: Sequence[Listing], studied: frozenset[str] = frozenset(), outcomes: Iterable[OutcomeRate] = ()
) -> Merged:
    """One provider for each that the lists name, however many numbers they give it.

    Args:
        listings: all listings, in list order.
        studied: ids that studies or supports name; such a number stays, and two of them are never merged.
        outcomes: counted outcomes. Two numbers with counts of the same course are never merged: one would be lost.
    """
    rows: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        rows[listing.provider_id].append(listing)
    known = {i: _Known(tuple(found), _proofs(found)) for i, found in rows.items()}
    alike: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for i in sorted(known):
        words = _words(known[i].first.provider_name)
        if words:
            alike[known[i].first.release, words].append(i)
    counted = _counted(outcomes)
    into: dict[str, str] = {}
    problems: list[Problem] = []
    for numbers in alike.values():
        # The number a study names stays; else the one of most courses.
        order = sorted(numbers, key=lambda i: (i not in studied, -len(known[i].listings), i))
        for place, number in enumerate(order[1:], start=1):
            kept = [i for i in order[:place] if i not in into]
            proven = next((i for i in kept if _is_same(i, number, known, studied, counted)), None)
            if proven is not None:
                into[number] = proven
            problems.append(_told(known[number], known[proven or kept[0]], merged=proven is not None))
    return Merged(_providers(known, into), into, problems)


def with_merged(rows: Iterable[Row], into: Mapping[str, str]) -> list[Row]:
    """Listings or counts under the number that was kept; a listing's name stays the one it was listed under."""
    return [replace(row, provider_id=into[row.provider_id]) if row.provider_id in into else row for row in rows]


def _is_same(
    one: str, other: str, known: Mapping[str, _Known], studied: frozenset[str], counted: Mapping[str, set[object]]
) -> bool:
    if {one, other} <= studied or counted.get(one, set()) & counted.get(other, set()):
        return False
    return bool(known[one].proofs & known[other].proofs)


def _proofs(listings: Iterable[Listing]) -> frozenset[tuple[str, ...]]:
    """Where the courses are taught, and the site they are described on."""
    found: set[tuple[str, ...]] = set()
    for listing in listings:
        street = _street(listing.street or "")
        if street and listing.city:
            found.add(("address", street, listing.city.casefold(), listing.state or ""))
        site = _site(listing.site or "")
        if site:
            found.add(("site", site))
    return frozenset(found)


def _street(text: str) -> str | None:
    """A street and number as one of several ways to write it; None without a number."""
    words = re.findall(r"\w+", _UNIT.sub(" ", text.lower()))
    if not words or not words[0][0].isdigit() or len(words) < 2:
        return None
    return " ".join(_STREET_WORDS.get(word, word) for word in words)


def _site(text: str) -> str | None:
    """The host of an address of the web, without "www"; None for none, or for one that many share."""
    address = text.strip().lower()
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.")
    return host if "." in host and host not in _SHARED_SITES else None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower().replace("&", " and "))) - _EMPTY_WORDS


def _counted(outcomes: Iterable[OutcomeRate]) -> dict[str, set[object]]:
    counted: dict[str, set[object]] = defaultdict(set)
    for o in outcomes:
        counted[o.provider_id].add((o.program_id, o.cip_code, o.measure, o.population, o.period))
    return counted


def _told(known: _Known, kept: _Known, *, merged: bool) -> Problem:
    one, other = known.first, kept.first
    shared = sorted(known.proofs & kept.proofs)
    if merged:
        proof = "; ".join(f"same {kind} ({' '.join(said)})".replace(" )", ")") for kind, *said in shared)
        reason = f"the same provider as {other.provider_id}: the name says the same, and {proof}"
        return problem_of(Finding("provider_merged", "provider_id", one.provider_id, reason, "merged"), one)
    why = "counts or studies stand under both numbers" if shared else "neither address nor site proves it the same"
    reason = f"named like {other.provider_id}; {why}, so it stays a provider of its own"
    return problem_of(Finding("provider_alike", "provider_id", one.provider_id, reason, "kept_apart"), one)


def _providers(known: Mapping[str, _Known], into: Mapping[str, str]) -> list[Provider]:
    others: dict[str, list[str]] = defaultdict(list)
    for number in sorted(into):
        others[into[number]].append(number)
    return [
        _provider(i, one, [known[o] for o in others[i]], others[i]) for i, one in sorted(known.items()) if i not in into
    ]


def _provider(number: str, one: _Known, merged: Sequence[_Known], numbers: Sequence[str]) -> Provider:
    name = tidy(one.first.provider_name)
    kinds = (k.first.provider_kind for k in (one, *merged))
    names = dict.fromkeys(tidy(x.provider_name) for k in (one, *merged) for x in k.listings)
    return Provider(
        id=number,
        name=name,
        kind=next((kind for kind in kinds if kind is not None), None),
        release=one.first.release,
        other_ids=tuple(numbers),
        other_names=tuple(n for n in names if n != name),
    )


def tidy(name: str) -> str:
    """Runs of spaces are where the list's export dropped punctuation: "University   Corpus Christi"."""
    return re.sub(r"\s+", " ", name).strip()
