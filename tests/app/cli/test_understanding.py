"""Titles by which the resolver is judged never come into what it judges by, however they are offered."""

from pathlib import Path

import pytest

from app.services.answering import open_snapshot
from matching.resolve.resolver import Resolver
from tests.app.cli.conftest import Stackway

# No word of theirs is in any list, so that whatever finds them has read them.
LABELLED = {
    "bls_titles_dev.csv": "title,soc_2018\nzorbling quaxter,51-4121\n",
    "vacancy_titles_dev.csv": "title,onet_codes\nvimpling drostle,51-4121.00\n",
}
BOARD = """
[board]
area = "TX:ALAMO"
citation = "made-up"
link = "https://example.org"
effective_from = 2026-01-01
checked_on = 2026-01-01

[[title]]
text = "tote runner"
onet_code = "53-7065.00"
"""
MADE_UP = ("zorbling quaxter", "vimpling drostle")


def test_a_folder_with_labelled_titles_installs_without_them(
    stackway: Stackway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, store = tmp_path / "data" / "eval", tmp_path / "store"
    folder.mkdir(parents=True)
    for name, text in LABELLED.items():
        (folder / name).write_text(text)
    (folder.parent / "alamo.toml").write_text(BOARD)
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(store))

    outcome = stackway("data", "install", folder.parent)

    snapshot = open_snapshot(store)
    resolver = Resolver.from_snapshot(snapshot)
    stored = {path.name: path.read_bytes() for path in snapshot.folder.iterdir() if path.is_file()}
    assert outcome.code == 0, outcome.err
    assert [name for name, held in stored.items() if b"zorbling" in held or b"vimpling" in held] == []
    assert resolver.resolve_title("tote runner").code == "53-7065.00"
    assert {resolver.resolve_title(text).code for text in MADE_UP} == {None}
    assert {resolver.suggest("titles", text.split()[0]) for text in MADE_UP} == {()}
