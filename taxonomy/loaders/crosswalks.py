"""Official crosswalks between code systems, many-to-many kept as published."""

from collections.abc import Callable
from dataclasses import field

from taxonomy.codes import parse_cip_code, parse_onet_code, parse_soc_code
from taxonomy.frozen import frozen
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.release import LoadReport


@frozen
class Crosswalks:
    """Code to codes, each tuple sorted. A code that leads to nothing is absent, never guessed.

    Attributes:
        onet_2010_to_2019: O*NET-SOC 2010 code, or a 2009 code that ended with it, to its 2019 successors; several when
            the occupation was split.
        onet_to_soc: O*NET-SOC 2019 code to its SOC 2018 code.
        cip_to_soc: six-digit CIP 2020 code to SOC 2018 codes. Providers declare an occupation outside this list for
            about three programs in ten, so it narrows a search and never decides alone.
        cip_titles: six-digit CIP 2020 code to the name of the field, those without occupations too.
    """

    onet_2010_to_2019: dict[str, tuple[str, ...]] = field(default_factory=dict)
    onet_to_soc: dict[str, str] = field(default_factory=dict)
    cip_to_soc: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cip_titles: dict[str, str] = field(default_factory=dict)


Pairs = dict[str, tuple[str, ...]]

# How the CIP-SOC crosswalk says that a code has no counterpart: well-formed codes that mean nothing.
_NO_MATCH = {"99.9999", "99-9999"}


def load_onet_2010_to_2019(delivery: Delivery) -> tuple[Pairs, LoadReport]:
    """O*NET-SOC 2010 codes to their 2019 successors."""
    return _load_pairs(delivery, parse_onet_code, parse_onet_code)


def load_onet_2009_to_2010(delivery: Delivery) -> tuple[Pairs, LoadReport]:
    """O*NET-SOC 2009 codes to their 2010 successors."""
    return _load_pairs(delivery, parse_onet_code, parse_onet_code)


def load_onet_to_soc(delivery: Delivery) -> tuple[Pairs, LoadReport]:
    """O*NET-SOC 2019 codes to SOC 2018 codes, one each."""
    return _load_pairs(delivery, parse_onet_code, parse_soc_code)


def load_cip_to_soc(delivery: Delivery) -> tuple[Pairs, LoadReport]:
    """CIP 2020 codes to SOC 2018 codes."""
    return _load_pairs(delivery, parse_cip_code, parse_soc_code)


def load_fields(delivery: Delivery) -> tuple[tuple[Pairs, dict[str, str]], LoadReport]:
    """The same pairs, and the names of all fields of study; the published full stop after a name is left off."""
    pairs, report = load_cip_to_soc(delivery)
    titles: dict[str, str] = {}
    for _, (cip, _, title) in Rows(delivery, "pairs", LoadReport(delivery.release_id)):  # the report above has the rows
        code, name = parse_cip_code(cip), title.strip().removesuffix(".")
        if code and name and cip.strip() not in _NO_MATCH:
            titles.setdefault(code, name)
    return (pairs, titles), report


def _load_pairs(
    delivery: Delivery, parse_from: Callable[[str], str | None], parse_to: Callable[[str], str | None]
) -> tuple[Pairs, LoadReport]:
    report = LoadReport(delivery.release_id)
    found: dict[str, set[str]] = {}
    rows = Rows(delivery, "pairs", report)
    for line, (left, right, *_) in rows:
        code, other = parse_from(left), parse_to(right)
        pair = f"{left} to {right}"
        if {left.strip(), right.strip()} & _NO_MATCH:
            rows.leave_out(line, rows.spec.columns[0], pair, "the publisher says there is no match")
        elif code is None or other is None:
            rows.leave_out(line, rows.spec.columns[0], pair, "not a code")
        elif other in found.get(code, ()):
            rows.leave_out(line, rows.spec.columns[0], pair, "this pair was already given", action="merged")
        else:
            found.setdefault(code, set()).add(other)
            rows.keep()
    rows.close()
    return {code: tuple(sorted(others)) for code, others in sorted(found.items())}, report
