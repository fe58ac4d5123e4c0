"""IPEDS: institutions, and the awards they gave below the bachelor's degree."""

import re

from taxonomy.codes import parse_cip_code
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.release import LoadReport
from taxonomy.supply import Completion, Institution

# IPEDS award levels since 2019-20. Plans end below the bachelor's degree; higher awards are not read.
_AWARDS = {
    "20": "certificate_under_12_weeks",
    "21": "certificate_under_1_year",
    "2": "certificate_1_to_2_years",
    "3": "associate",
    "4": "certificate_2_to_4_years",
}
_CONTROLS = {"1": "public", "2": "private_non_profit", "3": "private_for_profit"}
_FIRST_MAJOR = "1"
_SIX_DIGITS = re.compile(r"\d{2}\.\d{4}")


def load_completions(delivery: Delivery) -> tuple[list[Completion], LoadReport]:
    """Awards by institution, six-digit field of study and award level; first majors."""
    report = LoadReport(delivery.release_id)
    year = int(delivery.edition)
    found: dict[tuple[str, str, str], Completion] = {}
    rows = Rows(delivery, "completions", report)
    for line, (unit, cip_text, major, level, total) in rows:
        if level not in _AWARDS:
            rows.set_aside("an award from the bachelor's degree up")
        elif not _SIX_DIGITS.fullmatch(cip_text):
            rows.set_aside("the sum over a wider field of study")
        elif major != _FIRST_MAJOR:
            rows.set_aside("a second major: the same students again")
        else:
            cip, awards = parse_cip_code(cip_text), parse_number(total)
            key = (unit, cip or "", _AWARDS[level])
            if cip is None or awards is None or key in found:
                rows.leave_out(line, "CIPCODE", cip_text, "no field of study, no number, or already given")
                continue
            found[key] = Completion(unit, cip, _AWARDS[level], int(awards), year, delivery.release_id)
            rows.keep()
    rows.close()
    return list(found.values()), report


def load_institutions(delivery: Delivery) -> tuple[list[Institution], LoadReport]:
    """The directory of institutions, with where they stand."""
    report = LoadReport(delivery.release_id)
    found: dict[str, Institution] = {}
    rows = Rows(delivery, "institutions", report)
    for line, (unit, name, city, state, zip_code, control, cbsa, county, longitude, latitude) in rows:
        if not unit.isdigit() or unit in found:
            rows.leave_out(line, "UNITID", unit, "no number, or already given")
            continue
        found[unit] = Institution(
            unit_id=unit,
            name=name.strip(),
            city=city.strip(),
            state=state.strip(),
            zip=zip_code[:5] if zip_code[:5].isdigit() else None,
            county=county.strip() if county.strip() not in ("", "-2") else None,
            cbsa=cbsa if cbsa.isdigit() else None,
            control=_CONTROLS.get(control),
            latitude=parse_number(latitude),
            longitude=parse_number(longitude),
            release=delivery.release_id,
        )
        rows.keep()
    rows.close()
    return list(found.values()), report
