"""Price list: what every program and its exam would leave a person to pay, all programs at once."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.coded import Coded
from matching.eligibility.offers import DEGREES, NURSE_AIDE_CIP, is_provider_list, takes_pell
from matching.eligibility.prices import TRUE, UNKNOWN, Bills, charges_of, to_cents, truths
from matching.eligibility.terms import FundingTerms, StepCosts
from matching.pathways.stand_ins import StandIns
from matching.tables import Prices
from taxonomy.frozen import frozen
from taxonomy.programs import Program

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# What an exam alone is to the funding rules: no course, so no school bill.
_NO_COURSE = 0.0


@frozen(eq=False)
class PriceList:
    """Bills of all programs and of the exams after them; made once a process."""

    bills: Bills  # of the courses, then of the exams
    has_fee: npt.NDArray[np.bool_]  # the exam's fee is known
    silent_fee: Floats  # what an exam of unknown fee counts as, 0 where there is no exam
    dear: Floats  # an unknown price counts as dear as most like programs are
    jobs: Coded[tuple[str, ...]]  # codes of the jobs each program may open
    programs: tuple[str, ...]  # their ids

    @classmethod
    def of(cls, catalog: Catalog, stand_ins: StandIns) -> "PriceList":
        """The bills of a catalog."""
        programs = catalog.programs
        fee = programs.awards.floats(lambda c: np.nan if c is None or c.exam_cost_usd is None else c.exam_cost_usd)
        silent = programs.awards.where(lambda c: c is not None and bool(c.exam_name) and c.exam_cost_usd is None)
        codes = catalog.occupations.codes
        return cls(
            bills=_bills_of_courses(catalog).and_exams(fee),
            has_fee=~np.isnan(fee),
            silent_fee=np.where(silent, stand_ins.exam_fee, 0.0),
            dear=stand_ins.price,
            jobs=programs.exits.of_program.map(lambda links: tuple(codes[link.occupation] for link in links)),
            programs=programs.ids,
        )

    def out_of_pocket(self, terms: FundingTerms, rows: Ints) -> Prices:
        """Some programs, each with its exam, for one person's funding."""
        bills = self.bills.take(np.concatenate([rows, rows + len(self.dear)]))
        if terms.demand_list_known:
            in_demand = truths(terms.in_demand(self.jobs[row]) for row in rows.tolist())
            bills = replace(bills, in_demand=np.tile(in_demand, 2))
        if terms.approved_programs is not None:
            # No exam is a program of its own.
            approved = truths(terms.approved(self.programs[row]) for row in rows.tolist())
            bills = replace(bills, approved=np.concatenate([approved, bills.approved[len(rows) :]]))
        charges = charges_of(bills, terms)
        course, exam = charges.take(slice(len(rows))), charges.take(slice(len(rows), None))
        course = course.where(~np.isnan(course.high), 0.0, self.dear[rows])
        both = course + exam.where(self.has_fee[rows], 0.0, self.silent_fee[rows])
        if terms.cap_usd is None:
            nothing = np.zeros(len(rows))
            return Prices(*both.range(None), nothing, nothing, np.inf)
        low, high = both.range(terms.cap_usd)
        possible, certain = both.from_account(terms.cap_usd)
        return Prices(low, high, to_cents(possible), to_cents(certain), terms.cap_usd)


def _bills_of_courses(catalog: Catalog) -> Bills:
    """`course_costs` and `Offer.of` of every program, from columns: a record of each takes ten times as long."""
    programs, table = catalog.programs, catalog.snapshot.programs
    unknown = np.full(len(programs.ids), UNKNOWN)
    on_a_day = np.array([day is not None for day in table.strings("listed_on")], np.bool_)
    of_a_list = Coded(table.strings("release")).where(lambda release: is_provider_list(release or ""))
    span = Coded(table.strings("weeks_basis")).where(lambda basis: basis == "span")
    return Bills(
        tuition=programs.tuition,
        books=np.nan_to_num(programs.books),
        exam=np.zeros(len(programs.ids)),
        pell=truths(takes_pell(pell) for pell in programs.pell.values)[programs.pell.code],
        degree=programs.award.where(lambda award: award in DEGREES),
        course=programs.kind.where(lambda kind: kind == "training"),
        weeks=np.where(span, np.nan, programs.weeks),
        clock_hours=programs.clock_hours,
        listed=np.where(on_a_day | of_a_list, TRUE, UNKNOWN),
        nurse_aide=programs.field.where(lambda cip_code: cip_code == NURSE_AIDE_CIP),
        in_demand=unknown,
        approved=unknown,
    )


def jobs_of(catalog: Catalog, row: int) -> list[str]:
    """Codes of the jobs a program may open, as a board's demand list names them."""
    return [catalog.occupations.codes[link.occupation] for link in catalog.programs.exits[row]]


def course_costs(program: Program) -> StepCosts:
    """The bill of a course without its exam."""
    return StepCosts(program.tuition_usd, program.books_usd, exam_usd=0.0)


def exam_costs(fee_usd: float | None) -> StepCosts:
    """The bill of an exam by itself; None: its fee is not known."""
    return StepCosts(_NO_COURSE, _NO_COURSE, exam_usd=fee_usd)
