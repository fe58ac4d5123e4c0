"""Account: what was ruled out and by what, what the person should know, and whose figures these are."""

from collections import Counter
from collections.abc import Mapping, Sequence

from matching.answer import Plan, Relaxation, Resolved, RuledOut, SourceRef
from matching.answer_household import SelfSufficiency
from matching.config import MatchConfig
from matching.explain.money import hourly
from matching.explain.words import LIMITS, RULED_OUT
from matching.moves import Found, Person, Ready, Screening
from matching.seeker import Seeker
from matching.wording import say
from taxonomy.programs import Program
from taxonomy.sectors import SECTORS, find_sector
from taxonomy.snapshot import Snapshot

EXAMPLES = 3
SOC_LENGTH = 7  # characters of an O*NET code


def account_of(screening: Screening, found: Found, programs: Sequence[Program]) -> tuple[RuledOut, ...]:
    """Programs ruled out, counted by the first reason that took each out, most frequent first."""
    counts: Counter[str] = Counter(screening.counts)
    examples = screening.examples(EXAMPLES)
    counts.update(found.rejected.values())
    for row, code in sorted(found.rejected.items()):
        if len(examples.setdefault(code, [])) < EXAMPLES:
            examples[code].append(row)
    return tuple(
        RuledOut(
            constraint=code,
            count=number,
            detail=say("ruled_out.programs", what=RULED_OUT[code], number=f"{number:,}"),
            examples=tuple(programs[row].name for row in examples.get(code, [])),
        )
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def notices(
    seeker: Seeker,
    person: Person,
    config: MatchConfig,
    needs: SelfSufficiency,
    listed: Mapping[str, int],
) -> tuple[str, ...]:
    """What holds for the whole answer."""
    said: list[str] = list(LIMITS)
    if seeker.location.zip is None:
        said.append(say("notice.no_zip"))
    elif person.place is None:
        said.append(say("notice.zip_not_known"))
    elif seeker.location.max_miles is None:
        said.append(say("notice.default_miles", miles=f"{config.default_max_miles:g}"))
    if person.place is not None:
        known = listed.get(person.place.state, 0)
        which = say("notice.known_programs", state=person.place.state, number=f"{known:,}")
        said.append(which if known else say("notice.no_list", state=person.place.state))
    if not person.education:
        said.append(say("notice.no_schooling"))
    if person.usual_wage_basis == "estimate":
        said.append(say("notice.usual_pay_estimate", wage=hourly(person.usual_wage)))
    if seeker.constraints.convictions:
        said.append(say("notice.record"))
    if seeker.goals.occupations and not person.goal_occupations:
        said.append(say("notice.goals_not_understood"))
    said += [
        say("notice.sector_not_known", word=word, known=", ".join(SECTORS))
        for word in (*seeker.goals.sectors, *seeker.goals.exclude_sectors)
        if find_sector(word) is None
    ]
    if needs.adults is not None:
        said.append(needs.sentence)
    return tuple(said)


def no_plan(
    found: Found, relaxations: Sequence[Relaxation], person: Person, listed: Mapping[str, int]
) -> tuple[str, ...]:
    """That no plan was found, and whether a limit that gives way would open any, or the pay or the data stand in it.

    Args:
        found: what the search found.
        relaxations: what single limits would open.
        person: who asks.
        listed: programs known from the list of each state.
    """
    if found.paths:
        return ()
    if relaxations:
        return (say("notice.no_plan"),)
    reasons = list(found.rejected.values())
    if 2 * reasons.count("no_better_pay") > len(reasons):
        basis = say(f"reason.basis.{person.usual_wage_basis}")
        return (say("notice.no_plan_pays_better", usual=hourly(person.usual_wage), basis=basis),)
    if person.place is not None and not listed.get(person.place.state, 0):
        return (say("notice.no_plan_without_list", state=person.place.state),)
    return (say("notice.no_plan_by_one_limit"),)


def without_plan(goals: Sequence[Resolved], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Which of the jobs wanted no plan leads to, if there are plans to others; a SOC code stands for all its jobs."""
    opened = {step.exit.onet_code[:SOC_LENGTH] for plan in plans for step in plan.steps if step.exit}
    missing = [goal.title for goal in goals if goal.code and goal.title and goal.code[:SOC_LENGTH] not in opened]
    return (say("notice.goals_without_plan", jobs=", ".join(dict.fromkeys(missing))),) if plans and missing else ()


def beside_plans(ready: Sequence[Ready]) -> tuple[str, ...]:
    """That the plans are not compared with work that is open without one."""
    return (say("notice.open_now"),) if ready else ()


def sources(snapshot: Snapshot) -> tuple[SourceRef, ...]:
    """The releases behind the answer, with the attribution their licences ask for."""
    return tuple(
        SourceRef(r.id, r.title, r.publisher, r.edition, r.licence, r.attribution, r.link)
        for r in snapshot.answer_releases
    )
