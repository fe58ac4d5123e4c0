"""Counted outcomes of training programs, as states publish them.

Only counts are kept: a rate without the number of people behind it ranks noise. Denominators differ (completers in New
Jersey, exiters in California), so every record names its own.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from taxonomy.codes import parse_cip_code
from taxonomy.loaders.files import SourceError
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.programs import OutcomeRate
from taxonomy.release import LoadReport, TableCount

_NJ_SUPPRESSED = -99999
_NJ_PERIOD = "before 2020"  # the file carries no date; its employment follows the students it matched until then


def load_nj_outcomes(delivery: Delivery) -> tuple[list[OutcomeRate], LoadReport]:
    """New Jersey's employment of completers by provider and field of study, two and four quarters on."""
    report = LoadReport(delivery.release_id)
    rows = Rows(delivery, "outcomes", report)
    outcomes: list[OutcomeRate] = []
    for line, (provider, cip, *cells) in rows:
        if parse_cip_code(cip) is None:
            rows.note(line, "cipcode", cip, action="value_unknown", reason="not a CIP code")
        found = list(_nj_rates(rows, line, (provider, cip, *cells), delivery.release_id))
        if found:
            outcomes.extend(found)
            rows.keep()
        else:
            rows.leave_out(line, "PerEmployed2", cells[0], "no employment rate with its count of completers")
    rows.close()
    return outcomes, report


def _nj_rates(rows: Rows, line: int, cells: tuple[str, ...], release: str) -> Iterator[OutcomeRate]:
    provider, cip, *rates = cells
    for quarter, rate_text, total_text in (("2", rates[0], rates[1]), ("4", rates[2], rates[3])):
        rate, total = parse_number(rate_text), parse_number(total_text)
        if rate == _NJ_SUPPRESSED or not total:
            continue  # the publisher's mark for too few people: common, expected, and so no line in the report
        if rate is None or not 0 <= rate <= 1:
            reason = "not a rate between 0 and 1"
            rows.note(line, f"PerEmployed{quarter}", rate_text, action="value_unknown", reason=reason)
            continue
        yield OutcomeRate(
            provider_id=f"nj-{provider.strip()}",
            program_id=None,
            cip_code=parse_cip_code(cip),
            measure=f"employment_q{quarter}",
            numerator=float(round(rate * total)),  # the rate is a quotient of whole people
            denominator=total,
            population="completers",
            period=_NJ_PERIOD,
            release=release,
        )


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
