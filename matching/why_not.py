"""Why a program, a credential or an occupation is not in the answer: what became of each program that leads there."""

from collections import defaultdict
from collections.abc import Iterator
from math import isnan

from matching.engine import Solution
from matching.explain.money import hourly
from matching.explain.words import RULED_OUT
from matching.wording import Said, say
from matching.world import World
from taxonomy.codes import parse_onet_code, parse_soc_code
from taxonomy.frozen import frozen

EXAMPLES = 5

# What became of programs nothing ruled out; the reasons of those ruled out are in RULED_OUT.
IN_ANSWER = "in_answer"
NOT_SHOWN = "not_shown"
OTHER_JOB = "other_job"
BEATEN = "beaten"

_OUTCOMES = {outcome: say(f"why_not.{outcome}") for outcome in (IN_ANSWER, NOT_SHOWN, OTHER_JOB, BEATEN)}


@frozen
class Fate:
    """What became of some of the programs, with examples."""

    reason: str
    count: int
    sentence: str
    examples: tuple[str, ...]


@frozen
class WhyNot:
    """Why a code is not in the answer. `kind` is program, credential, occupation, or None where it is not known."""

    code: str
    kind: str | None
    title: str | None
    sentences: tuple[str, ...]
    fates: tuple[Fate, ...]


def explain_why_not(code: str, solution: Solution, world: World) -> WhyNot:
    """What became, for the person of a solution, of the programs that lead to a program, credential or job."""
    kind, title, rows = _programs_of(code, world)
    if kind is None:
        return WhyNot(code, None, None, (say("why_not.no_such_code"),), ())
    said = _about(code, kind, solution, world)
    if not rows:
        return WhyNot(code, kind, title, (*said, say("why_not.leads_nowhere")), ())
    fates = _fates(rows, solution, world)
    return WhyNot(code, kind, title, (*said, *(fate.sentence for fate in fates)), fates)


def _programs_of(code: str, world: World) -> tuple[str | None, str | None, tuple[int, ...]]:
    """What a code is, its title, and the rows of the programs that lead to it."""
    catalog = world.catalog
    if code in catalog.programs.ids:
        row = catalog.programs.ids.index(code)
        return "program", catalog.programs.records[row].name, (row,)
    if code in catalog.credentials:
        return "credential", catalog.credentials[code].name, catalog.programs.rows_of.get(code, ())
    occupation = _occupation(code, world)
    if occupation is None:
        return None, None, ()
    opened = (any(link.occupation == occupation for link in links) for links in catalog.programs.exits)
    rows = tuple(row for row, leads_there in enumerate(opened) if leads_there)
    return "occupation", catalog.occupations.titles[occupation], rows


def _occupation(code: str, world: World) -> int | None:
    """The row of an O*NET code, or of the first that a SOC code covers."""
    soc = parse_soc_code(code)
    return world.catalog.occupations.row.get(parse_onet_code(code) or (f"{soc}.00" if soc else ""))


def _about(code: str, kind: str, solution: Solution, world: World) -> tuple[str, ...]:
    """What is to be said of the credential or occupation itself, before its programs."""
    if kind == "credential" and code in solution.reading.person.held:
        return (say("why_not.held"),)
    row = _occupation(code, world)
    if kind == "occupation" and row is not None:
        barred = world.catalog.occupations.barred[row]
        if barred:
            return (say("why_not.barred", why=barred.replace("_", " ")),)
        return tuple(_about_job(row, solution, world))
    return ()


def _about_job(row: int, solution: Solution, world: World) -> Iterator[Said]:
    """What of a job itself keeps it from being a target: its pay here, demand, and the experience it asks for."""
    person, config = solution.reading.person, solution.terms.config
    if any(one.opening.occupation == row for one in solution.ready):
        yield say("why_not.open_now")
    if person.goal_occupations and row not in person.goal_occupations:
        yield say("why_not.not_wanted")
    entry = float(person.wages.p25[row])
    if isnan(entry):
        yield say("why_not.no_wage")
    elif entry < person.usual_wage * (1.0 + config.minimum_gain):
        yield say("why_not.pays_less", wage=hourly(entry), usual=hourly(person.usual_wage))
    if not person.in_demand(config.demand_growth_pct, config.demand_openings)[row]:
        yield say("why_not.not_in_demand")
    asked = int(world.catalog.occupations.experience_months[row])
    if asked:
        yield say("why_not.experience", months=asked)


def _fates(rows: tuple[int, ...], solution: Solution, world: World) -> tuple[Fate, ...]:
    """The programs by what became of them, most frequent first."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        groups[_fate(row, solution, world)].append(row)
    records = world.catalog.programs.records
    return tuple(
        Fate(
            reason=reason,
            count=len(found),
            sentence=say("why_not.fate", number=len(found), total=len(rows), what=(RULED_OUT | _OUTCOMES)[reason]),
            examples=tuple(f"{records[row].id}: {records[row].name}" for row in found[:EXAMPLES]),
        )
        for reason, found in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _fate(row: int, solution: Solution, world: World) -> str:
    """The first thing that became of one program."""
    if any(move.program == row for chosen in solution.selected for move in chosen.path.moves):
        return IN_ANSWER
    if any(move.program == row for path in solution.found.paths for move in path.moves):
        return NOT_SHOWN
    screened = solution.screening.reason(row)
    if screened is not None:
        return screened
    goals = solution.reading.person.goal_occupations
    wanted = not goals or any(link.occupation in goals for link in world.catalog.programs.exits[row])
    return solution.found.rejected.get(row, BEATEN if wanted else OTHER_JOB)
