"""A study in words: each effect with its own unit, period and dollar year, and each rating with whose it is."""

from matching.answer_evidence import StudyFinding
from matching.evidence.dossier import Dossier
from taxonomy.studies import Effect, Rating

NO_LINK = "context"  # relation of a study that speaks of the sector and not of the provider

_OUTCOMES = {
    "earnings": "pay",
    "earnings_threshold": "share above a pay level",
    "employment": "work",
    "credential": "credential",
    "benefit": "receipt of public aid",
    "net_benefit": "gains less costs",
}
_PERIODS = {"year": "a year", "quarter": "a quarter", "cumulative": "in all"}
_CERTAINTY = {
    True: "statistically clear",
    False: "could be chance",
    None: "not stated whether it could be chance",
}
_WITHOUT_FIGURE = {
    "favourable": "higher",
    "unfavourable": "lower",
    "none": "no clear difference",
    "not_compared": "counted, not compared with anyone",
}


def amount(value: float) -> str:
    """A dollar amount without its sign: "$5,726"."""
    return f"${abs(value):,.0f}"


def number(value: float) -> str:
    """A plain number: 14, 8.6."""
    return f"{value:g}"


def describe_effect(effect: Effect) -> str:
    """One estimate as a phrase, such as "pay, year 9: $5,726 more a year (20 percent), 2019 dollars; ..."."""
    who = f" ({effect.subgroup})" if effect.subgroup else ""
    figure = _figure(effect)
    parts = [figure or _WITHOUT_FIGURE[effect.direction]]
    if figure is not None or effect.direction in ("favourable", "unfavourable"):
        parts.append(_CERTAINTY[effect.significant])
    if effect.note is not None:
        parts.append(effect.note)
    return f"{_OUTCOMES[effect.outcome]}, {effect.follow_up}{who}: " + "; ".join(parts)


def _figure(effect: Effect) -> str | None:
    """How large, in the estimate's own unit; None where the source gives no figure."""
    period = f" {_PERIODS[effect.period]}" if effect.period else ""
    if effect.estimate_usd is not None:
        share = f" ({number(abs(effect.percent))} percent)" if effect.percent is not None else ""
        year = f", {effect.dollar_year} dollars" if effect.dollar_year else ""
        others = (
            f", against {amount(effect.control_mean_usd)} without it" if effect.control_mean_usd is not None else ""
        )
        spread = f", {number(effect.effect_sd)} standard deviations" if effect.effect_sd is not None else ""
        return f"{amount(effect.estimate_usd)} {_more(effect.estimate_usd)}{period}{share}{year}{others}{spread}"
    if effect.percent is not None:
        return f"{number(abs(effect.percent))} percent {_more(effect.percent)}{period}"
    if effect.percentage_points is not None:
        return f"{number(abs(effect.percentage_points))} percentage points {_more(effect.percentage_points)}"
    if effect.effect_sd is not None:
        return f"{number(abs(effect.effect_sd))} standard deviations {_more(effect.effect_sd)}"
    return None


def _more(value: float) -> str:
    return "more" if value >= 0 else "less"


def describe_rating(rating: Rating) -> str:
    """A clearinghouse's word with what it is about: "CLEAR: High (study, earnings)"."""
    version = f" {rating.version}" if rating.version else ""
    about = (rating.level, rating.outcome, f"{rating.term} term" if rating.term else None, rating.as_of)
    return f"{rating.clearinghouse}{version}: {rating.value} ({', '.join(a for a in about if a)})"


def finding_of(dossier: Dossier, relation: str, note: str | None = None) -> StudyFinding:
    """The study as the answer shows it, with every effect and rating."""
    study = dossier.study
    cautions = [text for text in (note, study.caution) if text]
    return StudyFinding(
        study_id=study.id,
        program=f"{study.program}, {study.site}",
        relation=relation,
        design=study.design,
        n=study.n,
        enrolled=study.enrolled,
        effects=tuple(describe_effect(e) for e in dossier.effects),
        ratings=tuple(describe_rating(r) for r in dossier.ratings),
        caution=" ".join(cautions) or None,
        source=f"{study.citation}; {study.url}",
    )
