"""What a program must be for a stream to pay for it: the program's part of each rule."""

from matching.eligibility.kleene import Truth, and_
from taxonomy.frozen import frozen
from taxonomy.law import Parameter
from taxonomy.programs import Program

# CIP 2020 51.3902: Nursing Assistant/Aide and Patient Care Assistant/Aide.
NURSE_AIDE_CIP = "51.3902"
# Degrees have no minimum length for Pell; certificates and diplomas do (34 CFR 668.8(c), (d)).
DEGREES = ("associate", "bachelor")


@frozen
class Offer:
    """The facts of a program that decide who may pay for it. None: not known."""

    kind: str  # training | apprenticeship
    award: str | None
    pell: Truth
    weeks: float | None  # unknown where the list names a span: one end of it may meet a rule that the other does not
    clock_hours: float | None
    on_provider_list: Truth
    nurse_aide: bool
    in_demand: Truth = None
    approved: Truth = None  # for Workforce Pell, by a list

    @classmethod
    def of(cls, program: Program, *, in_demand: Truth = None, approved: Truth = None) -> "Offer":
        """The offer of a listed program. A row of a provider list, or a day of listing, shows it is on the list."""
        listed = program.listed_on is not None or is_provider_list(program.release)
        return cls(
            kind=program.kind,
            award=program.award,
            pell=takes_pell(program.pell),
            weeks=None if program.weeks_basis == "span" else program.weeks,
            clock_hours=program.clock_hours,
            on_provider_list=True if listed else None,
            nurse_aide=program.cip_code == NURSE_AIDE_CIP,
            in_demand=in_demand,
            approved=approved,
        )


def is_provider_list(release: str) -> bool:
    """Whether a release is a State's list of eligible training providers, by its id."""
    return "etpl" in release.lower()


def takes_pell(pell: str | None) -> Truth:
    """Whether a program takes Pell grants, as its list says."""
    return {"yes": True, "no": False}.get(pell or "")


@frozen
class LengthRules:
    """Lengths that Pell and Workforce Pell ask of a program, and what counts as an academic year."""

    weeks_min: Parameter | None
    clock_hours_min: Parameter | None
    year_weeks: Parameter | None
    year_clock_hours: Parameter | None
    short_weeks_min: Parameter | None
    short_weeks_below: Parameter | None
    short_hours_min: Parameter | None
    short_hours_below: Parameter | None


def long_enough_for_pell(offer: Offer, rules: LengthRules) -> Truth:
    """At least 15 weeks and 600 clock hours, or credit hours instead (34 CFR 668.8(d)); degrees have no minimum.

    Fewer clock hours are not a no: 16 semester hours over 15 weeks will do as well, and lists print clock hours only.
    """
    if offer.award in DEGREES:
        return True
    if rules.weeks_min is None or rules.clock_hours_min is None:
        return None
    if offer.weeks is not None and offer.weeks < rules.weeks_min.value:
        return False
    if offer.weeks is None or offer.clock_hours is None or offer.clock_hours < rules.clock_hours_min.value:
        return None
    return True


def short_enough_for_workforce_pell(offer: Offer, rules: LengthRules) -> Truth:
    """At least 8 and fewer than 15 weeks, at least 150 and fewer than 600 clock hours (91 FR 29254)."""
    if offer.award in DEGREES or offer.kind != "training":
        return False
    return and_(
        (
            _within(offer.weeks, rules.short_weeks_min, rules.short_weeks_below),
            _within(offer.clock_hours, rules.short_hours_min, rules.short_hours_below),
        )
    )


def _within(value: float | None, low: Parameter | None, below: Parameter | None) -> Truth:
    if low is None or below is None:
        return False  # the rule is not in force
    return None if value is None else low.value <= value < below.value


def academic_years(offer: Offer, rules: LengthRules) -> float | None:
    """Full-time academic years of the program, by the shorter of its weeks and hours; None when neither is known."""
    if rules.year_weeks is None or rules.year_clock_hours is None:
        return None
    if offer.weeks is None:
        return None if offer.clock_hours is None else offer.clock_hours / rules.year_clock_hours.value
    by_weeks = offer.weeks / rules.year_weeks.value
    return by_weeks if offer.clock_hours is None else min(by_weeks, offer.clock_hours / rules.year_clock_hours.value)
