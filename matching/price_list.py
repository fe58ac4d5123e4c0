"""Price list: what every program and its exam would leave a person to pay, all programs at once."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.eligibility.offers import Offer
from matching.eligibility.prices import Bills, charges_of, to_cents, truths
from matching.eligibility.terms import FundingTerms, StepCosts
from matching.pathways.stand_ins import StandIns
from matching.tables import Prices
from taxonomy.programs import Program

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# What an exam alone is to the funding rules: no course, so no school bill.
_NO_COURSE = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PriceList:
    """Bills of all programs and of the exams after them; made once a process."""

    bills: Bills  # of the courses, then of the exams
    has_fee: npt.NDArray[np.bool_]  # the exam's fee is known
    silent_fee: Floats  # what an exam of unknown fee counts as, 0 where there is no exam
    dear: Floats  # an unknown price counts as dear as most like programs are
    jobs: tuple[tuple[str, ...], ...]  # codes of the jobs each program may open
    programs: tuple[str, ...]  # their ids

    @classmethod
    def of(cls, catalog: Catalog, stand_ins: StandIns) -> "PriceList":
        """The bills of a catalog."""
        programs = catalog.programs.records
        exams = catalog.programs.awards
        fees = [None if c is None else c.exam_cost_usd for c in exams]
        exits = catalog.programs.exits.of_program
        jobs = [tuple(catalog.occupations.codes[link.occupation] for link in links) for links in exits.values]
        return cls(
            bills=Bills.of((course_costs(p), Offer.of(p)) for p in programs).and_exams(exam_costs(fee) for fee in fees),
            has_fee=np.array([fee is not None for fee in fees], np.bool_),
            silent_fee=np.array(
                [
                    stand_ins.exam_fee if c and c.exam_name and fee is None else 0.0
                    for c, fee in zip(exams, fees, strict=True)
                ],
                np.float64,
            ),
            dear=stand_ins.price,
            jobs=tuple(jobs[links] for links in exits.code.tolist()),
            programs=tuple(program.id for program in programs),
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


def jobs_of(catalog: Catalog, row: int) -> list[str]:
    """Codes of the jobs a program may open, as a board's demand list names them."""
    return [catalog.occupations.codes[link.occupation] for link in catalog.programs.exits[row]]


def course_costs(program: Program) -> StepCosts:
    """The bill of a course without its exam."""
    return StepCosts(program.tuition_usd, program.books_usd, exam_usd=0.0)


def exam_costs(fee_usd: float | None) -> StepCosts:
    """The bill of an exam by itself; None: its fee is not known."""
    return StepCosts(_NO_COURSE, _NO_COURSE, exam_usd=fee_usd)
