"""Account: what was ruled out and by what, what the person should know, and whose figures these are."""

from collections import Counter

from matching.answer import RuledOut, SourceRef
from matching.config import MatchConfig
from matching.explain.money import hourly
from matching.explain.words import LIMITS, RULED_OUT
from matching.moves import Found, Person, Screening
from matching.seeker import Seeker
from taxonomy.sectors import SECTORS, find_sector
from taxonomy.snapshot import Snapshot

EXAMPLES = 3


def account_of(screening: Screening, found: Found, snapshot: Snapshot) -> tuple[RuledOut, ...]:
    """Programs ruled out, counted by the first reason that took each out, most frequent first."""
    counts: Counter[str] = Counter(screening.counts)
    examples = screening.examples(EXAMPLES)
    for code, rows in found.rejected.items():
        counts[code] += len(rows)
        examples[code] = [*examples.get(code, []), *sorted(rows)][:EXAMPLES]
    return tuple(
        RuledOut(
            constraint=code,
            count=number,
            detail=f"Programs that {RULED_OUT[code]}: {number:,}.",
            examples=tuple(snapshot.programs[row].name for row in examples.get(code, [])),
        )
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def notices(seeker: Seeker, person: Person, found: Found, config: MatchConfig) -> tuple[str, ...]:
    """What holds for the whole answer."""
    said = list(LIMITS)
    if seeker.location.zip is None:
        said.append("No ZIP code was given: distances are not known, and wages are the nation's.")
    elif person.place is None:
        said.append(
            "The ZIP code is not among the places installed: distances are not known, and wages are the nation's. "
            "Check the ZIP code, or install the geography files with `stackway data install`."
        )
    elif seeker.location.max_miles is None:
        said.append(
            f"No travel limit was given: programs up to {config.default_max_miles:g} miles away were looked at."
        )
    if not person.education:
        said.append("Schooling was not stated: courses that ask for some are shown, and need to be checked.")
    if person.usual_wage_basis == "estimate":
        said.append(
            f"Usual pay was not stated and no past job gave it: {hourly(person.usual_wage)} an hour is counted, the "
            "middle entry wage of jobs in the area that ask for no more schooling."
        )
    if seeker.constraints.convictions:
        said.append(
            "A record never lowers a plan here. Where it can bar a licence, the step says so, with the way round."
        )
    said += [
        f"“{word}” is not a sector known here and was not used. Known: {', '.join(SECTORS)}."
        for word in (*seeker.goals.sectors, *seeker.goals.exclude_sectors)
        if find_sector(word) is None
    ]
    if not found.paths:
        said.append("No plan fits all of this. See what was ruled out, and what would open if one limit gave way.")
    return tuple(said)


def sources(snapshot: Snapshot) -> tuple[SourceRef, ...]:
    """The releases behind the answer, with the attribution their licences ask for."""
    return tuple(
        SourceRef(r.id, r.title, r.publisher, r.edition, r.licence, r.attribution, r.link)
        for r in snapshot.table("releases")
    )
