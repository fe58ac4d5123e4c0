"""The occupations of registered apprenticeship, with the hours of paid work each takes."""

import re
from collections.abc import Mapping

from taxonomy.codes import parse_onet_code
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.release import LoadReport
from taxonomy.supply import ApprenticeshipOccupation

_KINDS = {"TB": "time_based", "CB": "competency_based", "HY": "hybrid"}
_COMPETENCY = "*CB"


def load_apprenticeship_occupations(
    delivery: Delivery, onet_2010_to_2019: Mapping[str, tuple[str, ...]]
) -> tuple[list[ApprenticeshipOccupation], LoadReport]:
    """The list of occupations. Its O*NET codes are of 2010; without the crosswalk they are taken as they stand.

    A RAPIDS code stays with an occupation that is renamed, so some codes bear two titles: both are kept and told.
    """
    report = LoadReport(delivery.release_id)
    found: dict[tuple[str, str], ApprenticeshipOccupation] = {}
    lines: dict[str, int] = {}
    rows = Rows(delivery, "occupations", report)
    for line, (title_text, code_text, onet_text, term, kind) in rows:
        title, code = " ".join(title_text.split()), code_text.strip()
        if not title or not code or kind.strip() not in _KINDS:
            rows.leave_out(line, "rapids_code", code, "needs a title, a code and a type")
            continue
        if (code, title) in found:
            rows.leave_out(line, "rapids_code", code, "this code and title were already given", action="merged")
            continue
        if code in lines:
            reason = f"line {lines[code]} gives this code to another title; both are kept"
            rows.note(line, "rapids_code", code, action="notice", reason=reason)
        lines.setdefault(code, line)
        onet = parse_onet_code(onet_text)
        if onet is None:
            rows.note(line, "onet_code", onet_text, action="value_unknown", reason="not an O*NET code")
        hours = _term(rows, line, term.strip())
        found[code, title] = ApprenticeshipOccupation(
            rapids_code=code,
            title=title,
            kind=_KINDS[kind.strip()],
            term_hours_min=hours[0],
            term_hours_max=hours[1],
            onet_codes=() if onet is None else onet_2010_to_2019.get(onet, (onet,)),
            onet_code_listed=onet_text.strip(),
            release=delivery.release_id,
        )
        rows.keep()
    rows.close()
    return list(found.values()), report


def _term(rows: Rows, line: int, text: str) -> tuple[int | None, int | None]:
    """Hours as "8000" or "3900-6000"; competency-based occupations have none."""
    match = re.fullmatch(r"(\d+)(?:\s*-\s*(\d+))?", text)
    if match:
        return int(match[1]), int(match[2] or match[1])
    if text != _COMPETENCY:
        rows.note(line, "term_length", text, action="value_unknown", reason="not a number of hours")
    return None, None
