"""Reviewed TOML files are read strictly: what is missing, misspelt or of the wrong type is named, never guessed."""

from pathlib import Path

import pytest

from taxonomy.credentials import StackRule
from taxonomy.loaders.vocabulary import SOURCES, VocabularyError, load_vocabulary, read_records
from taxonomy.tables import TABLES

RULE = """
[defaults]
relation = "required"
verified = true
source = "a rule"
edition = "2026"

[[stack_rules]]
from_credential = "cna"
to_credential = "lvn"
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "stack_rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_of_the_file_fill_what_an_entry_leaves_out(tmp_path: Path) -> None:
    path = _file(tmp_path, RULE + 'relation = "recommended"\n')

    records = read_records(path, ("stack_rules",))

    assert records["stack_rules"] == [
        StackRule("cna", "lvn", "recommended", None, None, None, None, verified=True, source="a rule", edition="2026")
    ]


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("works_month = 3\n", r"stack_rules.toml, stack_rules 1: unknown field works_month"),
        ('work_months = "three"\n', r"stack_rules 1, work_months: int is needed, not 'three'"),
        ("work_months = true\n", r"stack_rules 1, work_months: int is needed, not True"),
        ("work_months = 2.5\n", r"stack_rules 1, work_months: int is needed, not 2.5"),
        ('group = ""\n', r"stack_rules 1, group: empty text; leave the field out"),
        ('\n[[stack_rules]]\nfrom_credential = "lvn"\n', r"stack_rules 2, to_credential: missing"),
        ('\n[[credentials]]\nid = "cna"\n', r"stack_rules.toml: holds stack_rules, not credentials"),
        ("\n[stack_rules]\n", r"stack_rules.toml: "),
        ("\nnot toml", r"stack_rules.toml: "),
    ],
)
def test_an_error_names_file_entry_and_field(tmp_path: Path, added: str, message: str) -> None:
    path = _file(tmp_path, RULE + added)

    with pytest.raises(VocabularyError, match=message):
        read_records(path, ("stack_rules",))


def test_a_default_that_no_record_has_is_an_error(tmp_path: Path) -> None:
    path = _file(tmp_path, '[defaults]\nsuorce = "a rule"\n')

    with pytest.raises(VocabularyError, match="defaults: no record here has a field suorce"):
        read_records(path, ("stack_rules",))


def test_a_table_that_is_not_an_array_is_an_error(tmp_path: Path) -> None:
    path = _file(tmp_path, '[stack_rules]\nfrom_credential = "cna"\n')

    with pytest.raises(VocabularyError, match=r"must be an array of tables, \[\[stack_rules\]\]"):
        read_records(path, ("stack_rules",))


def test_a_number_without_a_fraction_is_read_where_a_fraction_may_stand(tmp_path: Path) -> None:
    path = tmp_path / "law.toml"
    path.write_text(
        "[[parameters]]\n"
        'id = "pell.maximum"\nvalue = 7395\nunit = "USD"\narea = "US"\neffective_from = 2026-07-01\n'
        'citation = "20 USC 1070a"\nlink = "https://example.org"\nchecked_on = 2026-11-22\nverified = true\n',
        encoding="utf-8",
    )

    (parameter,) = read_records(path, ("parameters",))["parameters"]

    assert (parameter.value, type(parameter.value)) == (7395.0, float)
    assert (parameter.effective_from, parameter.effective_to) == ("2026-07-01", None)


def test_a_rule_that_names_no_credential_is_an_error(tmp_path: Path) -> None:
    _file(tmp_path, RULE)

    with pytest.raises(VocabularyError, match="stack_rules, from_credential: no such credentials: cna"):
        load_vocabulary(tmp_path)


def test_a_key_given_twice_is_an_error(tmp_path: Path) -> None:
    bar = '[[legal_bars]]\ncode = "L1"\nname = "n"\nauthority = "a"\napplies_to = "b"\nverified = false\n'
    (tmp_path / "legal_bars.toml").write_text(bar * 2, encoding="utf-8")

    with pytest.raises(VocabularyError, match="legal_bars: code given more than once: L1"):
        load_vocabulary(tmp_path)


def test_the_starter_folder_fills_every_vocabulary_table() -> None:
    tables = load_vocabulary()

    assert [name for name, records in tables.items() if not records] == []
    assert set(tables) == {name for names in SOURCES.values() for name in names}
    assert set(tables) <= set(TABLES)
    assert all(isinstance(record, TABLES[name]) for name, records in tables.items() for record in records)


def test_reading_twice_gives_the_same_records_in_the_same_order() -> None:
    assert load_vocabulary() == load_vocabulary()
