"""Mapping files: a TOML that says which column of a provider list is which, so that a new list needs no code.

[list]                                # who publishes it and in which files; see `_LIST_KEYS`
id = "oh-etpl"                        # names the release
prefix = "oh"                         # before the list's own numbers: "oh-1234"
title = "Ohio list of eligible training providers"
publisher = "..."
licence = "..."
attribution = "..."
link = "https://..."
edition = "2026-07"                   # or edition_pattern: a regular expression over the file's name
files = ["oh_etpl*.csv"]              # default: this file's own name, as CSV, workbook, JSON or Parquet

[fields.weeks]                        # a field of `taxonomy.linking.Listing`
column = "Program Length"             # or columns = [...]: numbers add up, yes outweighs no, codes are all taken
unit = "months"                       # of lengths: hours | days | weeks | months | years
unknown = ["9999", "-1"]              # cells that stand for a figure that was not given
                                      # a list that gives spans ("3 to 5 months") names each span's ends in `values`, of
                                      # weeks the most and of weeks_least the least: values = { "B" = 5 }

[fields.listed_in]                    # the state whose list it is; without it, the state a program's campus is in
constant = "OH"

[[fields.outcome]]                    # several readings: the first that says something wins
column = "Credential"
values = { "Assoc. Degree" = "associate", "*" = "industry_certificate" }    # "*": any other word
split = ";"                           # several words in one cell, or "" for one character each

[[leave_out]]                         # rows that are no programs of the list
column = "Status"
values = ["Suspended"]
reason = "suspended by the state"

[[sums]]                              # a total that must be the sum of its parts
total = "Total Cost"
parts = ["Tuition", "Fees"]

[[outcomes]]                          # counts behind a published rate
measure = "completion"                # completion | employment_q2 | employment_q4 | credential
numerator = "Completed"
denominator = "Exited"
not_above = "Served"                  # optional: a column the denominator may not exceed
population = "all_students"           # all_students | wioa | completers | exiters
unknown = ["-1"]

[[earnings]]                          # what those who left earned in one quarter; never a year's, never an hour's
measure = "earnings_q2"               # earnings_q2 | earnings_q4 | earnings_q8: the quarter after leaving
column = "Median Earnings"
statistic = "median"                  # median | mean
people = "Employed"                   # optional: how many they were
optional = true                       # the list may lack these columns; without it, a missing column refuses the list
population = "exiters"
unknown = ["-1"]
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from taxonomy.codes import Education, Modality
from taxonomy.frozen import frozen
from taxonomy.linking.listing import Listing
from taxonomy.loaders.source import Source

KINDS: dict[str, str] = {
    **dict.fromkeys(
        (
            "clock_hours",
            "weeks",
            "weeks_least",
            "tuition_usd",
            "books_usd",
            "apprentices",
            "latitude",
            "longitude",
            "seats",
            "minimum_age",
        ),
        "number",
    ),
    **dict.fromkeys(
        ("evening", "weekend", "flexible_hours", "child_care_onsite", "near_transit", "courses_required"), "yes_no"
    ),
    **dict.fromkeys(("listed_on", "updated_on", "starts_on"), "date"),
    "declared_codes": "codes",
    "zip": "zip",
}  # every other field is text
# The words a field may have after its values are mapped.
LABELS: dict[str, frozenset[str]] = {
    "provider_kind": frozenset(
        {
            "community_college",
            "university",
            "private_for_profit",
            "private_non_profit",
            "public",
            "apprenticeship",
            "other",
        }
    ),
    "outcome": frozenset(
        {
            "industry_certificate",
            "college_certificate",
            "associate",
            "bachelor",
            "graduate",
            "license",
            "apprenticeship",
            "diploma",
            "none",
        }
    ),
    "modality": frozenset(Modality),
    "pell": frozenset({"yes", "no", "pending"}),
    "education_required": frozenset(level.label for level in Education),
}
_GIVEN_BY_US = {"release", "file", "line"}
FIELDS = {f.name for f in fields(Listing)} - _GIVEN_BY_US
NEEDED = ("id", "provider_name", "name")

# Of a length in each unit: weeks, and hours only for clock_hours.
WEEKS_PER = {"days": 1 / 7, "weeks": 1.0, "months": 52 / 12, "years": 52.0}
UNITS = {"weeks": frozenset(WEEKS_PER), "weeks_least": frozenset(WEEKS_PER), "clock_hours": frozenset({"hours"})}

OTHERWISE = "*"


@frozen
class Reading:
    """One way to read a field of a listing."""

    entry: str  # "[fields.weeks]", for messages
    columns: tuple[str, ...]
    values: Mapping[str, Any] | None  # the list's word, folded, to ours
    unknown: Mapping[str, str]  # folded, with what it means
    constant: Any = None
    slug: bool = False  # text columns joined to a name, for lists that number nothing
    unit: str | None = None
    split: str | None = None
    date_format: str = "%Y-%m-%d"
    suffix: str = ""  # put after each code: ".00" where a list gives SOC codes for O*NET's


@frozen
class LeaveOut:
    """Rows that are no programs of the list."""

    column: str
    values: frozenset[str]
    reason: str


@frozen
class Directory:
    """A file of providers that fills blank cells of the list."""

    asked: str  # the list's column that names the provider
    columns: tuple[str, ...]  # of the list, in the order of the directory's columns after its key


@frozen
class Sum:
    """A total that must be the sum of its parts."""

    total: str
    parts: tuple[str, ...]


@frozen
class Counts:
    """Counts behind a published rate."""

    measure: str
    numerator: str
    denominator: str
    not_above: str | None
    population: str
    period: str | None
    unknown: Mapping[str, str]


@frozen
class Earnings:
    """A quarter's earnings of those who left."""

    measure: str
    column: str
    statistic: str
    people: str | None
    population: str
    period: str | None
    unknown: Mapping[str, str]
    optional: bool = False  # the list may lack the columns


@frozen
class ListMapping:
    """A mapping file: the list's manifest, and how each field is read."""

    name: str  # of the file, for messages
    source: Source
    prefix: str
    readings: Mapping[str, tuple[Reading, ...]]  # by field of a listing
    directory: Directory | None
    leave_out: tuple[LeaveOut, ...]
    sums: tuple[Sum, ...]
    counts: tuple[Counts, ...]
    earnings: tuple[Earnings, ...]
    asked_by: Mapping[str, str]  # column to the entry that asks for it


def fold(word: str) -> str:
    """A cell as it is compared with a mapping's words: without case, outer spaces and runs of them."""
    return " ".join(word.casefold().split())
