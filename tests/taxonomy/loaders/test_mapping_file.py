"""Mapping files: what they may say, and how a fault is named."""

import pytest

from taxonomy.loaders.files import SourceError
from taxonomy.loaders.list_mapping import FIELDS
from taxonomy.loaders.mapping_file import list_mappings, read_mapping
from taxonomy.loaders.source import list_sources

LIST = """
[list]
id = "oh-etpl"
prefix = "oh"
title = "Ohio list"
publisher = "Ohio"
licence = "Public"
attribution = "Source: Ohio."
link = "https://example.org"
edition = "2026"
"""
FIELDS_NEEDED = """
[fields]
id = { column = "Number" }
provider_name = { column = "School" }
name = { column = "Course" }
"""


def test_the_columns_a_mapping_asks_for_become_the_manifest() -> None:
    mapping = read_mapping((LIST + FIELDS_NEEDED).encode(), "ohio.toml")

    (table,) = mapping.source.tables
    assert table.columns == ("Number", "School", "Course")
    assert "ohio.csv" in table.files
    assert mapping.asked_by["School"] == "asked for by ohio.toml, [fields.provider_name]"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[list", r"ohio\.toml: is not a TOML file: "),
        (LIST, r"ohio\.toml: \[fields\]: must be a table"),
        (LIST.replace('prefix = "oh"', "") + FIELDS_NEEDED, r"\[list\] prefix: must be given"),
        (LIST.replace('"oh"', '"OH!"') + FIELDS_NEEDED, r"\[list\] prefix: 'OH!' is not lower-case"),
        (LIST.replace("edition", "editoin") + FIELDS_NEEDED, r"\[list\]: editoin is unknown; known: .*edition"),
        (LIST + '[fields]\nid = { column = "N" }', r"\[fields\]: provider_name, name must be given"),
        (LIST + FIELDS_NEEDED + 'tuition = { column = "T" }', r"\[fields\]: tuition is unknown; known: .*tuition_usd"),
        (
            LIST + FIELDS_NEEDED.replace('column = "School"', 'constant = "Ohio"'),
            r"\[fields\.provider_name\]: must be read from a column",
        ),
        (LIST + FIELDS_NEEDED + "[directory]\nkey = 'No'", r"\[directory\]: files, for, columns must be given"),
        (LIST + FIELDS_NEEDED + "[[earnings]]\ncolumn = 'E'", r"\[\[earnings\]\]: measure, statistic, population must"),
        (
            LIST
            + FIELDS_NEEDED
            + "[[earnings]]\nmeasure = 'wage'\ncolumn = 'E'\nstatistic = 'mean'\npopulation = 'exiters'",
            r"\[\[earnings\]\] measure: 'wage' is none of earnings_q2",
        ),
        (LIST + FIELDS_NEEDED + "[fields.weeks]\nspalte = 'W'", r"\[fields\.weeks\]: spalte is unknown"),
        (LIST + FIELDS_NEEDED + "[fields.weeks]\nunit = 'weeks'", r"\[fields\.weeks\]: give column"),
        (
            LIST + FIELDS_NEEDED + "[fields.weeks]\ncolumn = 'W'\nunit = 'fortnights'",
            r"\[fields\.weeks\]: unit 'fortnights' is none of days, months, weeks, years",
        ),
        (LIST + FIELDS_NEEDED + "[fields.pell]\ncolumn = 'P'", r"\[fields\.pell\]: needs values"),
        (LIST + FIELDS_NEEDED + "[fields.evening]\ncolumn = 'E'", r"\[fields\.evening\]: needs values"),
        (
            LIST + FIELDS_NEEDED + "[[fields.outcome]]\ncolumn = 'O'\nvalues = { A = 'asociate' }",
            r"\[fields\.outcome\] number 1 values: 'asociate' is none of .*associate",
        ),
        (
            LIST + FIELDS_NEEDED + "[fields.evening]\ncolumn = 'E'\nvalues = { Y = 'true' }",
            r"\[fields\.evening\] values: 'true' is none of true or false",
        ),
        (LIST + FIELDS_NEEDED + "[[leave_out]]\ncolumn = 'S'", r"\[\[leave_out\]\]: values, reason must be given"),
        (
            LIST
            + FIELDS_NEEDED
            + "[[outcomes]]\nmeasure = 'hired'\nnumerator = 'A'\ndenominator = 'B'\npopulation = 'wioa'",
            r"\[\[outcomes\]\] measure: 'hired' is none of completion",
        ),
    ],
)
def test_a_fault_names_the_file_and_the_entry(text: str, fault: str) -> None:
    with pytest.raises(SourceError, match=fault):
        read_mapping(text.encode(), "ohio.toml")


def test_the_packages_mappings_are_sources_of_their_own() -> None:
    ids = [mapping.source.id for mapping in list_mappings()]
    prefixes = [mapping.prefix for mapping in list_mappings()]

    assert {"nj-etpl", "ca-etpl", "eta9171"} == set(ids)
    assert not set(ids) & {source.id for source in list_sources()}
    assert len(set(prefixes)) == len(prefixes)
    assert all(mapping.readings.keys() <= FIELDS for mapping in list_mappings())
