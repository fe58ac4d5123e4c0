"""Counted outcomes of training programs, as states publish them.

Of rates only counts are kept: a rate without the number of people behind it ranks noise. Denominators differ
(completers in New Jersey, exiters in California), so every record names its own. Earnings are a quarter's.
"""

import json
import re
from typing import Any

from taxonomy.codes import parse_cip_code
from taxonomy.frozen import frozen
from taxonomy.loaders.files import SourceError
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.programs import OutcomeEarnings, OutcomeRate
from taxonomy.release import LoadReport, TableCount

_NJ_SUPPRESSED = -99999
_NJ_COLUMNS = (
    *("PerEmployed2", "NumCompleted2", "PerEmployed4", "NumCompleted4"),
    *(f"{what}{quarter}" for what in ("AvgQuarterlyWage", "NumUsedWageCalc") for quarter in "248"),
)
# Some providers file hourly pay where a quarter's earnings are asked for: $100 is a day's at the federal minimum wage,
# and no hourly pay of a trade. At the other end $100,000 a quarter is above every occupation's 90th percentile.
_LEAST_A_QUARTER, _MOST_A_QUARTER = 100.0, 100_000.0
_NJ_PERIOD = "before 2020"  # the file carries no date; its employment follows the students it matched until then


@frozen
class NewJersey:
    """What New Jersey counted of a provider's completers in a field of study."""

    rates: list[OutcomeRate]
    earnings: list[OutcomeEarnings]


def load_nj_outcomes(delivery: Delivery) -> tuple[NewJersey, LoadReport]:
    """Employment of completers two and four quarters on, and mean pay in the second, fourth and eighth quarter.

    The publisher writes -99999 for a figure of too few people: it is unknown, and each is reported.
    """
    report = LoadReport(delivery.release_id)
    rows = Rows(delivery, "outcomes", report)
    found = NewJersey([], [])
    for line, (provider, cip_text, *cells) in rows:
        cip = parse_cip_code(cip_text)
        if cip is None:
            rows.note(line, "cipcode", cip_text, action="value_unknown", reason="not a CIP code")
        row = _NewJerseyRow(rows, line, f"nj-{provider.strip()}", cip, dict(zip(_NJ_COLUMNS, cells, strict=True)))
        rates = [rate for quarter in ("2", "4") if (rate := row.rate(quarter)) is not None]
        earnings = [pay for quarter in ("2", "4", "8") if (pay := row.pay(quarter)) is not None]
        found.rates.extend(rates)
        found.earnings.extend(earnings)
        if rates or earnings:
            rows.keep()
        else:
            reason = "no employment rate with its count of completers, and no pay"
            rows.leave_out(line, "PerEmployed2", cells[0], reason)
    rows.close()
    return found, report


@frozen
class _NewJerseyRow:
    """One provider and field of study."""

    rows: Rows
    line: int
    provider_id: str
    cip: str | None
    cells: dict[str, str]

    def _figure(self, column: str) -> float | None:
        """A figure of the row; the mark for too few people is unknown and reported, as is what is no number."""
        text = self.cells[column]
        value = parse_number(text)
        if value == _NJ_SUPPRESSED or (value is None and text.strip()):
            reason = "-99999: withheld, too few people" if value is not None else "not a number"
            self.rows.note(self.line, column, text, action="value_unknown", reason=reason)
            return None
        return value

    def rate(self, quarter: str) -> OutcomeRate | None:
        rate, total = self._figure(f"PerEmployed{quarter}"), parse_number(self.cells[f"NumCompleted{quarter}"])
        if rate is None or not total:
            return None
        if not 0 <= rate <= 1:
            text, reason = self.cells[f"PerEmployed{quarter}"], "not a rate between 0 and 1"
            self.rows.note(self.line, f"PerEmployed{quarter}", text, action="value_unknown", reason=reason)
            return None
        return OutcomeRate(
            provider_id=self.provider_id,
            program_id=None,
            cip_code=self.cip,
            measure=f"employment_q{quarter}",
            numerator=float(round(rate * total)),  # the rate is a quotient of whole people
            denominator=total,
            population="completers",
            period=_NJ_PERIOD,
            release=self.rows.release,
        )

    def pay(self, quarter: str) -> OutcomeEarnings | None:
        column = f"AvgQuarterlyWage{quarter}"
        usd, people = self._figure(column), parse_number(self.cells[f"NumUsedWageCalc{quarter}"])
        if usd is None or not people:
            return None
        if (fault := quarterly_fault(usd)) is not None:
            self.rows.note(self.line, column, self.cells[column], action="claim_lost", reason=fault)
            return None
        return OutcomeEarnings(
            provider_id=self.provider_id,
            program_id=None,
            cip_code=self.cip,
            measure=f"earnings_q{quarter}",
            statistic="mean",
            usd_per_quarter=usd,
            people=int(people),
            population="completers",
            period=_NJ_PERIOD,
            release=self.rows.release,
        )


def quarterly_fault(usd: float) -> str | None:
    """Why an amount cannot be what people earned in a quarter, or None where it can."""
    if usd < _LEAST_A_QUARTER:
        return "too little for a quarter: hourly pay in a field of quarterly earnings, or nothing"
    if usd > _MOST_A_QUARTER:
        return "too much for a quarter: a year's earnings, or a slip"
    return None


def load_ca_outcomes(delivery: Delivery) -> tuple[list[OutcomeRate], LoadReport]:
    """California's completion counts (ETA-9171, all students), a program each.

    The feed's employment counts follow another cohort than its exiters, so no employment rate can be formed from them.

    Raises:
        SourceError: the file is not the feed's JSON, or is cut short.
    """
    report = LoadReport(delivery.release_id)
    file = delivery.files["programs"]
    spec = next(t for t in delivery.source.tables if t.name == "programs")
    try:
        programs: list[dict[str, Any]] = json.loads(file.read())["programs"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{file.name} is not a list of programs in JSON: {error}") from error
    if len(programs) < spec.minimum_rows:
        raise SourceError(f"{file.name}: {len(programs)} programs, at least {spec.minimum_rows} expected")
    outcomes: list[OutcomeRate] = []
    for position, program in enumerate(programs, start=1):
        outcome = program.get("outcomes") or {}
        completed, exited = outcome.get("total_completed"), outcome.get("total_exited")
        if completed is not None and exited and completed <= exited:
            outcomes.append(_ca_rate(program, completed, exited, delivery.release_id))
            continue
        reason = "no completion counts" if completed is None or not exited else "more completed than left: two cohorts"
        value = f"{completed} of {exited}"
        report.add(file.name, position, "total_completed", value, action="row_rejected", reason=reason)
    report.counts.append(TableCount(file.name, len(programs), len(outcomes)))
    return outcomes, report


def _ca_rate(program: dict[str, Any], completed: float, exited: float, release: str) -> OutcomeRate:
    words = "-".join(re.findall(r"[a-z0-9]+", str(program.get("provider_name", "")).lower()))
    return OutcomeRate(
        provider_id=f"ca-{words}",
        program_id=f"ca-{program.get('uuid')}",
        cip_code=parse_cip_code(str(program.get("cip_code") or "")),
        measure="completion",
        numerator=completed,
        denominator=exited,
        population="exiters",
        period=None,
        release=release,
    )
