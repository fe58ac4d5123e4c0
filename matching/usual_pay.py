"""What a person would earn otherwise: the pay every plan is held against."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.answer import Resolved
from matching.places import AreaWages
from matching.seeker import Job
from matching.wording import say
from matching.world import World
from taxonomy.codes import Education
from taxonomy.frozen import frozen

# A job more likely misread than not says nothing of what the person would earn: too high a figure hides plans.
LIKELY_FROM = 0.5
# From here on pay of a job that ended is counted within what people new to it earn today, from the 10th to the 25th
# percentile: $8.00 of ten years ago would make every plan look better than it is, $24.00 of a boom would hide them all.
DATED_YEARS = 3.0
MINIMUM_WAGE = "minimum_wage.hourly"
MONTHS_A_YEAR = 12


@frozen
class Worked:
    """A past or present job, the occupation it was read as, and how it was read."""

    job: Job
    occupation: int | None
    taken: Resolved

    @property
    def likely(self) -> bool:
        """Whether it is more likely this occupation than not; of several jobs in one text the counted one is."""
        told = self.taken.candidates[0].probability if self.taken.candidates else 1.0
        several = self.taken.title is not None and say("words.several_jobs", title=self.taken.title)
        return (told or 0.0) >= LIKELY_FROM or (bool(several) and str(several) in (self.taken.note or ""))

    def years_since(self, today: date) -> float:
        """Years since it ended, 0 where it goes on or no end is stated."""
        if self.job.current or not self.job.ended:
            return 0.0
        year, month = (int(part) for part in self.job.ended.split("-")[:2])
        return max(0.0, (today.year - year) + (today.month - month) / MONTHS_A_YEAR)


@frozen
class UsualPay:
    """US dollars an hour, what they rest on, and the occupation of the latest job."""

    wage: float
    basis: str  # stated | dated | occupation_median | estimate
    occupation: int | None


def usual_pay(
    worked: Sequence[Worked], wages: AreaWages, education: int, world: World, today: date, barred: Collection[int] = ()
) -> UsualPay:
    """The latest pay stated, else the median here of the latest job, else an estimate by schooling.

    Pay below the law's minimum is not all that was earned (tips), or none of the labour market's (work in prison): it
    counts as not stated.

    Args:
        worked: jobs and how they were read.
        wages: of the person's area.
        education: the person's schooling, 0 where it is not stated.
        world: the data.
        today: the day of the answer.
        barred: occupations that ask for a licence here, of which the person named one that is not in force: what others
            earn there is not what this person would.
    """
    latest = _latest(worked)
    known = next((w for w in latest if w.occupation is not None), None)
    usual = known.occupation if known else None
    least = minimum_wage(world, today)
    paid = next((w for w in latest if (w.job.hourly_wage_usd or 0.0) >= max(least, 0.01)), None)
    if paid is not None:
        return _stated(paid, wages, usual, today)
    may_work = known is not None and known.likely and (known.job.current or usual not in barred)
    if may_work and usual is not None and not np.isnan(wages.p50[usual]):
        return UsualPay(float(wages.p50[usual]), "occupation_median", usual)
    return UsualPay(estimated_wage(wages, education, world), "estimate", usual)


def _stated(paid: Worked, wages: AreaWages, usual: int | None, today: date) -> UsualPay:
    stated = paid.job.hourly_wage_usd or 0.0
    if paid.occupation is not None and paid.likely and paid.years_since(today) >= DATED_YEARS:
        least, most = float(wages.p10[paid.occupation]), float(wages.p25[paid.occupation])
        most = stated if np.isnan(most) else most
        anew = max(most if np.isnan(least) else least, min(stated, most))
        if anew != stated:
            return UsualPay(anew, "dated", usual)
    return UsualPay(stated, "stated", usual)


def not_counted(worked: Sequence[Worked], world: World, today: date) -> tuple[str, ...]:
    """What to ask of pay that was stated and is less than the law's minimum."""
    least = minimum_wage(world, today)
    low = [w for w in worked if 0.0 < (w.job.hourly_wage_usd or 0.0) < least]
    return tuple(
        say(
            "confirm.pay_below_minimum", text=w.taken.text, pay=f"${w.job.hourly_wage_usd:,.2f}", least=f"${least:,.2f}"
        )
        for w in low
    )


def minimum_wage(world: World, today: date) -> float:
    """The nation's minimum wage, US dollars an hour; 0 where the data were installed before it stood in them."""
    found = world.law.find(MINIMUM_WAGE, "US", today)
    return 0.0 if found is None else float(found.value)


def estimated_wage(wages: AreaWages, education: int, world: World) -> float:
    """The median of the entry wages of the jobs open to people of an education here, an hour."""
    entry = wages.p25[open_to(education, world) & ~np.isnan(wages.p25)]
    return round(float(np.median(entry)), 2) if entry.size else 0.0


def open_to(education: int, world: World) -> npt.NDArray[np.bool_]:
    """Occupations whose typical entry education the person meets; with none stated, those that ask for none."""
    asked = world.catalog.occupations.education
    level = (
        max(education, int(Education.HIGH_SCHOOL_DIPLOMA))
        if education != Education.LESS_THAN_HIGH_SCHOOL
        else education
    )
    return (asked > 0) & (asked <= (level if education else int(Education.LESS_THAN_HIGH_SCHOOL)))


def _latest(worked: Sequence[Worked]) -> list[Worked]:
    """Most recent first: the present job, then by end, without one last; of equals the longer, then better paid."""
    return sorted(
        worked,
        key=lambda w: (w.job.current, w.job.ended or "", w.job.months or 0, w.job.hourly_wage_usd or 0.0),
        reverse=True,
    )
