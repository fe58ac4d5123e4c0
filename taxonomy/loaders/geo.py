"""ZIP codes with county, metropolitan area and workforce board."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.places import County, Zip
from taxonomy.release import LoadReport

# County key: state and folded county name. Nothing else joins these three publishers' files.
CountyKey = tuple[str, str]

_STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip


def load_cbsas(delivery: Delivery) -> tuple[dict[CountyKey, tuple[str, str]], LoadReport]:
    """County to the code and title of its metropolitan or micropolitan area."""
    report = LoadReport(delivery.release_id)
    areas: dict[CountyKey, tuple[str, str]] = {}
    rows = Rows(delivery, "counties", report)
    for line, (code, title, county, state) in rows:
        postal = _STATES.get(state.strip().lower())
        if postal is None or not code.strip().isdigit():
            rows.leave_out(line, "CBSA Code", code, "a note, or no state")
            continue
        # Virginia's independent cities stand with a county: "Frederick County + Winchester city".
        for name in county.split(" + "):
            areas[postal, fold_county(name)] = (code.strip(), title.strip())
        rows.keep()
    rows.close()
    return areas, report


def load_texas_boards(delivery: Delivery) -> tuple[dict[CountyKey, str], LoadReport]:
    """Texas county to its workforce board. A county that the table gives to two boards has none: ask."""
    report = LoadReport(delivery.release_id)
    boards: dict[CountyKey, str] = {}
    first_line: dict[CountyKey, int] = {}
    rows = Rows(delivery, "counties", report)
    for line, (board, county) in rows:
        key = ("TX", fold_county(county.strip().removesuffix("_TX").replace("_", " ")))
        if key in first_line:
            reason = f"line {first_line[key]} gives this county to another board; neither is used"
            rows.leave_out(line, "lwda", f"{board}, {county}", reason)
            boards.pop(key, None)
            continue
        first_line[key] = line
        boards[key] = board.strip()
        rows.keep()
    rows.close()
    return boards, report


def load_zips(
    delivery: Delivery,
    cbsas: Mapping[CountyKey, tuple[str, str]],
    boards: Mapping[CountyKey, str],
    counties: Sequence[County] = (),
) -> tuple[list[Zip], LoadReport]:
    """ZIP codes in use, sorted. A ZIP that straddles counties is in the one its publisher names."""
    report = LoadReport(delivery.release_id)
    found: dict[str, Zip] = {}
    fips = {(county.state, fold_county(county.name)): county.county_fips for county in counties}
    rows = Rows(delivery, "zips", report)
    for line, (code, active, city, state, county, latitude, longitude) in rows:
        place = _coordinate(latitude), _coordinate(longitude)
        if len(code) != 5 or not code.isdigit() or active.strip().lower() != "true" or code in found:
            rows.leave_out(line, "zip_code", code, "no longer in use, repeated or not five digits")
            continue
        if place[0] is None or place[1] is None:
            rows.leave_out(line, "lat", f"{latitude}, {longitude}", "no coordinates")
            continue
        key = (state.strip(), fold_county(county))
        cbsa = cbsas.get(key)
        if state == "CT" and cbsa is None and cbsas:
            reason = "the delineation uses Connecticut's planning regions; the metropolitan area is unknown"
            rows.note(line, "county", county, action="value_unknown", reason=reason)
        if fips and county.strip() and key not in fips:
            rows.note(line, "county", county, action="value_unknown", reason="no county of this name has a FIPS code")
        found[code] = Zip(
            zip=code,
            city=city.strip(),
            state=state.strip(),
            county=county.strip() or None,
            cbsa=cbsa[0] if cbsa else None,
            cbsa_name=cbsa[1] if cbsa else None,
            board=boards.get(key),
            latitude=place[0],
            longitude=place[1],
            release=delivery.release_id,
            county_fips=fips.get(key),
        )
        rows.keep()
    rows.close()
    return [found[code] for code in sorted(found)], report


def load_counties(
    delivery: Delivery, cbsas: Mapping[CountyKey, tuple[str, str]], boards: Mapping[CountyKey, str]
) -> tuple[list[County], LoadReport]:
    """Counties by their FIPS code, with metropolitan area, board, and the newest population given."""
    report = LoadReport(delivery.release_id)
    counties: dict[str, County] = {}
    rows = Rows(delivery, "counties", report)
    for line, (state_text, name_text, code) in rows:
        fips, state, name = code.strip(), state_text.strip(), name_text.strip()
        if len(fips) == 4 and fips.isdigit():
            rows.note(line, "county_fips", code, action="repaired", reason="a leading zero was lost")
            fips = fips.zfill(5)
        if len(fips) != 5 or not fips.isdigit() or not name or fips in counties:
            rows.leave_out(line, "county_fips", code, "not five digits with a name, or already given")
            continue
        key = (state, fold_county(name))
        cbsa = cbsas.get(key)
        counties[fips] = County(
            county_fips=fips,
            name=name,
            state=state,
            cbsa=cbsa[0] if cbsa else None,
            cbsa_name=cbsa[1] if cbsa else None,
            board=boards.get(key),
            population=None,
            population_year=None,
            release=delivery.release_id,
        )
        rows.keep()
    rows.close()
    if "populations" in delivery.files:
        _count_people(counties, Rows(delivery, "populations", report))
    return list(counties.values()), report


def _count_people(counties: dict[str, County], rows: Rows) -> None:
    lines = list(rows)
    newest = max((year for _, (year, *_) in lines), default="")
    for line, (year, state, county, people) in lines:
        fips, population = f"{state.zfill(2)}{county.zfill(3)}", parse_number(people)
        if year != newest:
            rows.set_aside("an earlier year")
        elif fips not in counties or population is None:
            # Connecticut counts by planning regions since 2022, which the list of 2020 does not know.
            rows.leave_out(line, "county", fips, "not a county of the list, or no number")
        else:
            counties[fips] = replace(counties[fips], population=int(population), population_year=int(year))
            rows.keep()
    rows.close()


def _coordinate(text: str) -> float | None:
    """Degrees; no American ZIP code lies on the equator or the prime meridian, so 0 stands for "not known"."""
    return parse_number(text) or None


def fold_county(name: str) -> str:
    """A county's name as a key: letters only, without accents, so that "De Witt County" and "DeWitt County" meet."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if c.isascii() and c.isalnum())
