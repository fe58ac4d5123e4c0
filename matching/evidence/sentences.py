"""Two plain statements per step: what was found, and why it may not hold for this person.

Built from the records, so that every number in them is a number in the data. Short words and short sentences: the
reading grade is held at 8 by test. An effect is never put as what one person will earn.
"""

import re
from collections import Counter
from collections.abc import Iterable

from matching.evidence.dossier import Dossier
from matching.evidence.findings import amount, number
from matching.evidence.tiers import is_disputed, is_opportunity_cost, is_possible_gain
from matching.wording import Said, say, together
from taxonomy.codes import Tier
from taxonomy.studies import Effect


def sentences_of_study(dossier: Dossier, tier: Tier, relation: str) -> tuple[Said, Said]:
    """What the study found and what to bear in mind about it."""
    return _finding(dossier, tier), _limits(dossier, relation)


def sentences_without_study(tier: Tier, sector: str | None, elsewhere: Iterable[Tier]) -> tuple[Said, Said]:
    """What to say of an offering no study speaks to, with how training of the sector fared elsewhere."""
    first = say("evidence.only_counts" if tier is Tier.D else "evidence.no_study")
    tiers = Counter(elsewhere)
    gains = sum(tiers[t] for t in (Tier.A, Tier.B, Tier.C))
    without = tiers[Tier.N] + tiers[Tier.X]
    if sector is None or not gains + without:
        return first, say("evidence.neither_sign")
    return first, say("evidence.elsewhere", field=say(f"sector.{sector}"), gains=gains, without=without)


_COUNTED = re.compile(r"(?P<unit>year|quarter)s? (?P<first>\d+)(?:(?P<joint>-| and )(?P<last>\d+))?")


def headline(dossier: Dossier) -> Effect | None:
    """The gain to lead with: surest first, then one with a figure, then the best source, then the latest.

    The latest clear gain, not the largest: peak years flatter.
    """
    gains = [e for e in dossier.earnings if is_possible_gain(e)]
    has_figure = [e for e in gains if e.estimate_usd is not None or e.percent is not None]
    return max(
        has_figure or gains,
        key=lambda e: (e.significant is True, e.confidence == "V", _years(e)),
        default=None,
    )


def _finding(dossier: Dossier, tier: Tier) -> Said:
    study = dossier.study
    people = study.n or study.n_analysed or 0
    how = "rct_people" if study.design == "rct" and people else study.design
    known = how if how in ("rct", "rct_people", "qed") else "descriptive"
    said = [
        say(f"evidence.{known}", program=study.program, site=study.site, people=f"{people:,}"),
        say("evidence.population", population=study.population),
    ]
    if study.enrolled:
        said.append(say("evidence.enrolled", years=study.enrolled))
    return together([*said, *_result(dossier, tier)])


def _result(dossier: Dossier, tier: Tier) -> list[Said]:
    if tier is Tier.X:
        return [say("evidence.earned_less")]
    if tier is Tier.N:
        return [say("evidence.no_clear_gain", when=_when(max(dossier.earnings, key=_years)))]
    best = headline(dossier)
    if best is None:
        return [say("evidence.does_not_tell")]
    gain = _gain(best, dossier.study.design)
    return [gain] if best.significant else [gain, say("evidence.maybe_chance")]


def _gain(effect: Effect, design: str) -> Said:
    within = "in" if effect.follow_up.startswith(("year", "quarter", "calendar")) else "over"
    who = "given_place" if design == "rct" else "took_part"
    more = _how_much(effect)
    if effect.confidence == "V2" and effect.note:
        more = say("evidence.with_note", more=more, note=effect.note)
    return say(f"evidence.{within}_{who}", when=_when(effect), more=more)


def _when(effect: Effect) -> str:
    """When people were looked at; the usual ways of counting it can be said in other languages."""
    counted = _COUNTED.fullmatch(effect.follow_up)
    if counted is None:
        return effect.follow_up
    unit, first, last = counted["unit"], counted["first"], counted["last"]
    if last is None:
        return say(f"evidence.when.{unit}", first=first)
    joined = "and" if counted["joint"] == " and " else "to"
    return say(f"evidence.when.{unit}s_{joined}", first=first, last=last)


def _how_much(effect: Effect) -> Said:
    percent = number(effect.percent) if effect.percent is not None else None
    if effect.estimate_usd is None:
        return say("evidence.percent_more", percent=percent) if percent else say("evidence.more")
    per = f"_{effect.period}" if effect.period in ("year", "quarter", "cumulative") else ""
    more = say(f"evidence.usd_more{per}", usd=amount(effect.estimate_usd))
    details = [say("evidence.percent", percent=percent)] if percent else []
    if effect.dollar_year is not None:
        details.append(say("evidence.dollar_year", year=effect.dollar_year))
    return say("evidence.with_details", more=more, details=together(details, ", ")) if details else more


def _limits(dossier: Dossier, relation: str) -> Said:
    """Transfer, early cost, fading, screening, dispute; then that it is no forecast."""
    parts = []
    if relation == "same_provider_other_site":
        parts.append(say("evidence.other_site", site=dossier.study.site))
    elif relation == "replication":
        parts.append(say("evidence.replication"))
    cost = next((e for e in dossier.earnings if is_opportunity_cost(e, dossier)), None)
    if cost is not None and cost.estimate_usd is not None:
        parts.append(say("evidence.early_cost", when=_when(cost), usd=amount(cost.estimate_usd)))
    fade = faded(dossier)
    if fade is not None and fade.subgroup:
        parts.append(say("evidence.faded_in", when=_when(fade), group=fade.subgroup))
    elif fade is not None:
        parts.append(say("evidence.faded", when=_when(fade)))
    if dossier.study.screening:
        parts.append(say("evidence.screening", screening=dossier.study.screening))
    if is_disputed(dossier):
        parts.append(say("evidence.disputed"))
    return together([*parts, say("evidence.group_only")])


def faded(dossier: Dossier) -> Effect | None:
    """The latest look that found no clear gain after an earlier one had; parts of the sample count here too."""
    first = min((_years(e) for e in dossier.earnings if is_possible_gain(e)), default=None)
    if first is None:
        return None
    looks = [e for e in dossier.effects if e.outcome == "earnings" and e.direction == "none"]
    return max((e for e in looks if e.significant is False and _years(e) > first), key=_years, default=None)


def _years(effect: Effect) -> float:
    return effect.follow_up_years or 0.0
