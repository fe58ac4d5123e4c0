"""Evidence tiers: Stackway's own rule, not a clearinghouse's and not a legal category.

A  a randomized study of high quality found higher earnings at two years or later, in two or more sites or cohorts
B  one such site or cohort
C  a credible study found higher earnings, but weaker than B: not randomized, quality disputed, shorter, or significance
   not stated
D  counts or descriptions only; nothing credible was compared
N  a credible study found no significant gain in earnings
X  a credible study found lower earnings
U  nothing known about earnings

N and X are findings and never become U. A tier speaks of the program that was studied. An offering at another site of
the same provider keeps the tier, because hiding the evidence would be as wrong as claiming it; `relation` and the
sentences carry the caution that it may not transfer.
"""

from collections.abc import Sequence
from enum import IntEnum

from matching.evidence.dossier import Dossier
from matching.wording import say
from taxonomy.codes import Tier
from taxonomy.studies import Effect, Rating

# Follow-up from which a gain counts for tiers A and B: shorter gains fade too often.
LONG_ENOUGH_YEARS = 2.0
PLACES_FOR_A = 2

MEANINGS = {tier: say(f"tier.{tier.value}") for tier in Tier}


class Quality(IntEnum):
    """How far a study's estimates can be put down to the program."""

    WEAK = 1
    CREDIBLE = 2
    HIGH = 3


# Words of the clearinghouses for the quality of a study. WWC standards are not the same scale as CLEAR's or Pathways'
# "high", so they make a study credible and no more.
_STUDY_GRADES = {
    "high": Quality.HIGH,
    "moderate": Quality.CREDIBLE,
    "low": Quality.WEAK,
    "meets standards without reservations": Quality.CREDIBLE,
    "meets standards with reservations": Quality.CREDIBLE,
}


def _grades(ratings: Sequence[Rating]) -> list[Quality]:
    """Grades of quality that bear on earnings. A rating of another outcome of the same study does not count."""
    grades = []
    for rating in ratings:
        if rating.outcome not in (None, "earnings"):
            continue
        if rating.level == "study" and rating.value.lower() in _STUDY_GRADES:
            grades.append(_STUDY_GRADES[rating.value.lower()])
        elif rating.clearinghouse == "Pathways to Work":
            # Pathways shows no study it rates low, so an intervention with a rating has a credible study behind it.
            grades.append(Quality.CREDIBLE)
    return grades


def quality_of(dossier: Dossier) -> Quality:
    """Quality for earnings. Reviewers who disagree leave a study credible at most; unrated lotteries are credible."""
    grades = _grades(dossier.ratings)
    if not grades:
        return Quality.CREDIBLE if dossier.study.design == "rct" else Quality.WEAK
    if is_disputed(dossier):
        return Quality.CREDIBLE
    return max(grades)


def is_disputed(dossier: Dossier) -> bool:
    """Whether one clearinghouse calls the study low while another counts on it."""
    grades = _grades(dossier.ratings)
    return Quality.WEAK in grades and max(grades) > Quality.WEAK


def is_clear_gain(effect: Effect) -> bool:
    """A statistically significant gain, late enough to count."""
    late = effect.follow_up_years is not None and effect.follow_up_years >= LONG_ENOUGH_YEARS
    return effect.direction == "favourable" and effect.significant is True and late


def is_possible_gain(effect: Effect) -> bool:
    """A gain that is not known to be chance: significant at any time, or significance not stated."""
    return effect.direction == "favourable" and effect.significant is not False


def is_opportunity_cost(effect: Effect, dossier: Dossier) -> bool:
    """Earnings given up while training: an early loss followed by a gain."""
    early = effect.follow_up_years is not None and effect.follow_up_years < LONG_ENOUGH_YEARS
    return effect.direction == "unfavourable" and early and any(is_clear_gain(e) for e in dossier.earnings)


def _shows_loss(dossier: Dossier) -> bool:
    return any(
        e.direction == "unfavourable" and e.significant is True and not is_opportunity_cost(e, dossier)
        for e in dossier.earnings
    )


def _is_strong_gain(dossier: Dossier) -> bool:
    """The case tiers A and B rest on."""
    return (
        dossier.study.design == "rct"
        and quality_of(dossier) is Quality.HIGH
        and any(is_clear_gain(e) for e in dossier.earnings)
        and not _shows_loss(dossier)
    )


def tier_of_study(dossier: Dossier) -> Tier:
    """The tier one study alone gives the program it studied."""
    if quality_of(dossier) is Quality.WEAK:
        return Tier.D if dossier.effects else Tier.U
    if not dossier.earnings:
        return Tier.U
    if _shows_loss(dossier):
        return Tier.X
    if _is_strong_gain(dossier):
        return Tier.A if (dossier.study.sites or 1) >= PLACES_FOR_A else Tier.B
    if any(is_possible_gain(e) for e in dossier.earnings):
        return Tier.C
    return Tier.N


def tier_of_program(dossiers: Sequence[Dossier]) -> Tier:
    """The tier several studies of one program give it together.

    Stronger studies outvote weaker ones; at equal strength a loss outvotes a gain, so that harm is never averaged away.
    Several strong gains add up: two cohorts of one program make A.
    """
    tiers = {d.study.id: tier_of_study(d) for d in dossiers}
    found = set(tiers.values())
    high = {tiers[d.study.id] for d in dossiers if quality_of(d) is Quality.HIGH}
    strong = [d for d in dossiers if tiers[d.study.id] in (Tier.A, Tier.B)]
    if Tier.X in high or (Tier.X in found and not strong):
        return Tier.X
    if strong:
        return Tier.A if _places(strong) >= PLACES_FOR_A else Tier.B
    if Tier.C in found and Tier.N not in high:
        return Tier.C
    return next((t for t in (Tier.N, Tier.C, Tier.D) if t in found), Tier.U)


def _places(dossiers: Sequence[Dossier]) -> int:
    """Different sites and cohorts; two reports on the same people at the same site count once."""
    samples = {(d.study.site, d.study.enrolled): d.study.sites or 1 for d in dossiers}
    return sum(samples.values())
