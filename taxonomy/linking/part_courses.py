"""Single modules that bear the name of a whole course: "Introduction to Welding", forty hours of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

from taxonomy.credentials import Credential
from taxonomy.linking.findings import Finding
from taxonomy.programs import Program

# A course of under a fifth of its peers' median class hours is a module of it, not a fast one: schools that teach the
# whole in fewer hours than others stay within a factor of three of each other on the Texas list.
SHARE_OF_PEERS = 0.2
# A certification is given by its exam, and whoever knows the trade may prepare for that in days. Under a tenth of what
# courses take (twelve hours of CCNA, eight of phlebotomy) nobody learns it: a seminar, or one exam of several.
SHARE_OF_CERTIFICATION_PEERS = 0.1
MIN_PEERS = 5


def usual_hours(programs: Iterable[Program]) -> dict[tuple[str, str], float]:
    """Median class hours by list and credential, where at least five programs tell theirs."""
    hours: dict[tuple[str, str], list[float]] = defaultdict(list)
    for program in programs:
        if program.credential_id and program.clock_hours:
            hours[program.release, program.credential_id].append(program.clock_hours)
    return {group: median(known) for group, known in hours.items() if len(known) >= MIN_PEERS}


def part_of_course(
    program: Program, credential: Credential | None, usual: Mapping[tuple[str, str], float]
) -> Finding | None:
    """The finding that takes the credential from a module, or None."""
    if credential is None or program.kind == "apprenticeship":
        return None
    if program.clock_hours is None:
        return None
    whole = usual.get((program.release, credential.id))
    share = SHARE_OF_CERTIFICATION_PEERS if credential.kind == "certification" else SHARE_OF_PEERS
    if whole is None or program.clock_hours >= whole * share:
        return None
    reason = f"{program.clock_hours:g} class hours; courses for {credential.id} take {whole:g} at the median"
    return Finding("part_of_course", "clock_hours", f"{program.clock_hours:g}", reason)
