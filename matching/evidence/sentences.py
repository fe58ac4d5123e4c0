"""Two plain statements per step: what was found, and why it may not hold for this person.

Built from the records, so that every number in them is a number in the data. Short words and short sentences: the
reading grade is held at 8 by test. An effect is never put as what one person will earn.
"""

from collections import Counter
from collections.abc import Iterable

from matching.evidence.dossier import Dossier
from matching.evidence.findings import amount, number
from matching.evidence.tiers import is_disputed, is_opportunity_cost, is_possible_gain
from taxonomy.codes import Tier
from taxonomy.studies import Effect

_GROUP_ONLY = "This is what happened to a group; it does not tell what one person will earn."


def sentences_of_study(dossier: Dossier, tier: Tier, relation: str) -> tuple[str, str]:
    """What the study found and what to bear in mind about it."""
    return _finding(dossier, tier), _limits(dossier, relation)


def sentences_without_study(tier: Tier, sector: str | None, elsewhere: Iterable[Tier]) -> tuple[str, str]:
    """What to say of an offering no study speaks to, with how training of the sector fared elsewhere."""
    if tier is Tier.D:
        first = "Only counts of its own students are known. No study has set them beside people like them."
    else:
        first = "No study of this course and its effect on pay was found."
    tiers = Counter(elsewhere)
    gains = sum(tiers[t] for t in (Tier.A, Tier.B, Tier.C))
    without = tiers[Tier.N] + tiers[Tier.X]
    if sector is None or not gains + without:
        return first, "That is not a bad sign or a good one: it is not known."
    field = sector.replace("_", " ")
    counts = f"Of the sound studies of {field} training elsewhere, {gains} found higher pay and {without} did not."
    return first, f"{counts} They tell of other programs, not of this one."


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


def _finding(dossier: Dossier, tier: Tier) -> str:
    study = dossier.study
    people = f", with {study.n:,} people" if study.n else ""
    joined = f" They joined in {study.enrolled}." if study.enrolled else ""
    if study.design == "rct":
        how = f"A lottery study tested {study.program} in {study.site}{people}."
    elif study.design == "qed":
        how = f"A study in {study.site} set people in {study.program} beside people who were not in it."
    else:
        how = f"Reports tell of {study.program} in {study.site}, but compare it with nothing."
    return f"{how} Those in it were {study.population}.{joined} {_result(dossier, tier)}"


def _result(dossier: Dossier, tier: Tier) -> str:
    if tier is Tier.X:
        return "Those who took part then earned less than the others."
    if tier is Tier.N:
        return f"It found no clear gain in pay (last look: {max(dossier.earnings, key=_years).follow_up})."
    best = headline(dossier)
    if best is None:
        return "It does not tell if pay rose."
    hedge = "" if best.significant else " The source does not say if this could be chance."
    return f"{_gain(best, dossier.study.design)}{hedge}"


def _gain(effect: Effect, design: str) -> str:
    in_or_over = "In" if effect.follow_up.startswith(("year", "quarter", "calendar")) else "Over"
    who = "those given a place" if design == "rct" else "those who took part"
    text = f"{in_or_over} {effect.follow_up}, {who} earned {_how_much(effect)}"
    return f"{text}, {effect.note}." if effect.confidence == "V2" and effect.note else f"{text}."


def _how_much(effect: Effect) -> str:
    share = f"{number(effect.percent)} percent" if effect.percent is not None else None
    if effect.estimate_usd is None:
        return f"{share} more" if share else "more"
    per = {"year": " a year", "quarter": " a quarter", "cumulative": " in all"}.get(effect.period or "", "")
    dollars = f"{effect.dollar_year} dollars" if effect.dollar_year is not None else None
    details = ", ".join(d for d in (share, dollars) if d)
    return f"{amount(effect.estimate_usd)} more{per}" + (f" ({details})" if details else "")


def _limits(dossier: Dossier, relation: str) -> str:
    """Transfer, early cost, fading, screening, dispute; then that it is no forecast."""
    parts = []
    if relation == "same_provider_other_site":
        parts.append(f"The test was in {dossier.study.site}, not at this site, so it may not hold here.")
    elif relation == "replication":
        parts.append("It speaks of the model on average, not of this provider.")
    cost = next((e for e in dossier.earnings if is_opportunity_cost(e, dossier)), None)
    if cost is not None and cost.estimate_usd is not None:
        parts.append(f"In {cost.follow_up} they earned {amount(cost.estimate_usd)} less, as they were in class.")
    fade = faded(dossier)
    if fade is not None:
        where = f" in {fade.subgroup}" if fade.subgroup else ""
        parts.append(f"By {fade.follow_up} there was no clear gain{where}.")
    if dossier.study.screening:
        parts.append(f"Not all could join. It asked for: {dossier.study.screening}.")
    if is_disputed(dossier):
        parts.append("Reviewers do not agree on how far to trust the study.")
    return " ".join([*parts, _GROUP_ONLY])


def faded(dossier: Dossier) -> Effect | None:
    """The latest look that found no clear gain after an earlier one had; parts of the sample count here too."""
    first = min((_years(e) for e in dossier.earnings if is_possible_gain(e)), default=None)
    if first is None:
        return None
    looks = [e for e in dossier.effects if e.outcome == "earnings" and e.direction == "none"]
    return max((e for e in looks if e.significant is False and _years(e) > first), key=_years, default=None)


def _years(effect: Effect) -> float:
    return effect.follow_up_years or 0.0
