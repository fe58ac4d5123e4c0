"""Any provider list, read as its mapping file says: listings for the linker, and counted outcomes where it has them.

Form only is judged here: what a cell is, not whether it can be true. That is `taxonomy.linking`'s work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from taxonomy.codes import parse_cip_code
from taxonomy.linking.listing import Listing
from taxonomy.loaders.list_mapping import NEEDED, ListMapping
from taxonomy.loaders.mapped_row import MappedRow, slug
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.loaders.words import language_of
from taxonomy.programs import OutcomeEarnings, OutcomeRate
from taxonomy.release import LoadReport


@dataclass(slots=True)
class MappedList:
    """What a list says."""

    listings: list[Listing]
    outcome_rates: list[OutcomeRate]
    earnings: list[OutcomeEarnings]


def load_mapped_list(delivery: Delivery, mapping: ListMapping) -> tuple[MappedList, LoadReport]:
    """Read a provider list by its mapping.

    Raises:
        SourceError: a column the mapping asks for is missing, or the file is cut short.
    """
    report = LoadReport(delivery.release_id)
    providers = _load_directory(delivery, report)
    rows = Rows(delivery, "programs", report, asked_by=mapping.asked_by)
    result = MappedList([], [], [])
    seen: set[str] = set()
    for line, cells in rows:
        row = MappedRow(dict(zip(rows.spec.columns, cells, strict=True)), line, rows)
        row.fill_blanks(mapping, providers)
        if (left_out := row.left_out(mapping)) is not None:
            rows.leave_out(line, *left_out)
            continue
        said = {field: row.read(field, mapping) for field in mapping.readings}
        missing = next((field for field in NEEDED if not said[field]), None)
        if missing is not None:
            column, reason = mapping.readings[missing][0].columns[0], "a program needs a number, a name and a provider"
            rows.leave_out(line, column, row.cells[column], reason)
        elif said["id"] in seen:
            rows.leave_out(line, mapping.readings["id"][0].columns[0], said["id"], "this number was already given")
        else:
            seen.add(said["id"])
            listing = _listing(said, row, mapping, delivery.release_id)
            result.listings.append(listing)
            result.outcome_rates += _outcomes(row, mapping, listing)
            result.earnings += _earnings(row, mapping, listing)
            row.check_sums(mapping)
            rows.keep()
    rows.close()
    return result, report


def _listing(said: dict[str, Any], row: MappedRow, mapping: ListMapping, release: str) -> Listing:
    provider = said.pop("provider_id", None) or slug(said["provider_name"])
    apprentices = said.pop("apprentices", None)
    said = {field: value for field, value in said.items() if value is not None}
    return Listing(
        **{
            **said,
            "id": f"{mapping.prefix}-{said['id']}",
            "provider_id": f"{mapping.prefix}-{provider}",
            "provider_kind": said.get("provider_kind"),
            "apprentices": None if apprentices is None else int(apprentices),
            "language": said.get("language") or language_of(said["name"]),
            "release": release,
            "file": row.rows.file.name,
            "line": row.line,
        }
    )


def _load_directory(delivery: Delivery, report: LoadReport) -> dict[str, tuple[str, ...]]:
    """Cells of the directory by provider, where there is one."""
    if "providers" not in delivery.files:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    rows = Rows(delivery, "providers", report)
    for line, (key, *cells) in rows:
        if not key.strip() or key.strip() in found:
            rows.leave_out(line, rows.spec.columns[0], key, "no number, or already given")
            continue
        found[key.strip()] = tuple(cells)
        rows.keep()
    rows.close()
    return found


def _outcomes(row: MappedRow, mapping: ListMapping, listing: Listing) -> Iterator[OutcomeRate]:
    for counts in mapping.counts:
        found = row.counted(counts)
        if found is not None:
            yield OutcomeRate(
                provider_id=listing.provider_id,
                program_id=listing.id,
                cip_code=parse_cip_code(listing.cip or ""),
                measure=counts.measure,
                numerator=found[0],
                denominator=found[1],
                population=counts.population,
                period=counts.period,
                release=listing.release,
            )


def _earnings(row: MappedRow, mapping: ListMapping, listing: Listing) -> Iterator[OutcomeEarnings]:
    for earnings in mapping.earnings:
        found = row.paid(earnings)
        if found is not None:
            yield OutcomeEarnings(
                provider_id=listing.provider_id,
                program_id=listing.id,
                cip_code=parse_cip_code(listing.cip or ""),
                measure=earnings.measure,
                statistic=earnings.statistic,
                usd_per_quarter=found[0],
                people=found[1],
                population=earnings.population,
                period=earnings.period,
                release=listing.release,
            )
