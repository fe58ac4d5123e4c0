"""`stackway data`."""

import json
import shutil
from pathlib import Path

import pytest

from tests.app.cli.conftest import Stackway


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stackway: Stackway, data_dir: Path) -> Path:
    """A data folder a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(data_dir, folder)
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(folder))
    assert stackway("data", "status").code == 0
    return folder


def test_status_names_the_snapshot_that_answers_are_made_from(stackway: Stackway, profile_file: Path) -> None:
    status = json.loads(stackway("data", "status", "--format", "json").out)

    answer = json.loads(stackway("match", profile_file, "--format", "json").out)
    assert status["snapshot"] == answer["snapshot"]
    assert status["snapshot"] in status["installed"]
    assert all(release["edition"] for release in status["releases"])


def test_installed_data_is_used_compared_and_verified(stackway: Stackway) -> None:
    digest = json.loads(stackway("data", "status", "--format", "json").out)["snapshot"]

    assert stackway("data", "use", digest[:10]).code == 0
    assert json.loads(stackway("data", "diff", digest, digest, "--format", "json").out) == []
    assert {"snapshot": digest, "problem": None} in json.loads(stackway("data", "verify", "--format", "json").out)


def test_a_folder_without_official_files_is_refused_and_the_data_in_use_stays(
    stackway: Stackway, tmp_path: Path
) -> None:
    folder = tmp_path / "nothing official"
    folder.mkdir()
    before = stackway("data", "status", "--format", "json").out

    outcome = stackway("data", "install", folder)

    assert outcome.code == 2
    assert "The data in use stays." in outcome.err
    assert stackway("data", "status", "--format", "json").out == before


def test_verify_finds_a_changed_byte_and_ends_with_a_fault(stackway: Stackway, own_data: Path) -> None:
    digest = json.loads(stackway("data", "status", "--format", "json").out)["snapshot"]
    table = own_data / "snapshots" / digest / "wages.arrow"
    content = bytearray(table.read_bytes())
    content[len(content) // 2] ^= 1
    table.write_bytes(content)

    outcome = stackway("data", "verify")

    assert outcome.code == 1
    assert "wages.arrow" in outcome.out.decode().replace("\n", "")


@pytest.mark.parametrize("command", [("use", "abc"), ("diff", "abc", "abd"), ("install", "no/such/folder")])
def test_what_is_not_there_is_a_fault_of_use(command: tuple[str, ...], stackway: Stackway) -> None:
    assert stackway("data", *command).code == 2


def test_an_unknown_source_is_told_with_those_that_can_be_fetched(stackway: Stackway) -> None:
    said = stackway("data", "fetch", "onett")

    assert said.code == 2
    assert "onett: is no source" in said.err
    assert "bls-projections" in said.err


def test_a_source_without_an_address_says_where_its_publisher_keeps_it(stackway: Stackway) -> None:
    said = stackway("data", "fetch", "tx-etpl")

    assert said.code == 1
    assert "https://www.twc.texas.gov" in said.err


@pytest.mark.usefixtures("own_data")
def test_a_list_of_a_new_state_is_installed_with_its_mapping(stackway: Stackway, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("No,School,Course\n1,Example College,Welding\n", encoding="utf-8")
    texts = dict.fromkeys(("title", "publisher", "licence", "attribution", "link", "edition"), "Ohio")
    about = "\n".join(f'{key} = "{text}"' for key, text in {"id": "oh-etpl", "prefix": "oh", **texts}.items())
    columns = {"id": "No", "provider_name": "School", "name": "Course"}
    fields = "\n".join(f'{field} = {{ column = "{column}" }}' for field, column in columns.items())
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(f'[list]\n{about}\nfiles = ["list.csv"]\n[fields]\n{fields}\n', encoding="utf-8")

    installed = stackway("data", "install", tmp_path / "list.csv", mapping)

    status = json.loads(stackway("data", "status", "--format", "json").out)
    assert installed.code == 0
    assert ("oh-etpl-Ohio", 1) in {(release["id"], release["rows_kept"]) for release in status["releases"]}


def test_a_fault_of_a_mapping_names_file_entry_and_column(stackway: Stackway, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[list]\nid = "oh-etpl"\n[fields.weeks]\nspalte = "W"\n', encoding="utf-8")

    said = stackway("data", "install", mapping)

    assert said.code == 2
    assert "mapping.toml: [fields]: id, provider_name, name must be given" in said.err


def test_the_report_has_every_finding_and_a_line_for_each_kind(stackway: Stackway) -> None:
    everything = json.loads(stackway("data", "report", "--format", "json").out)
    of_texas = json.loads(stackway("data", "report", "tx-etpl", "--format", "json").out)

    assert {"release", "file", "line", "column", "value", "action", "reason"} == set(everything[0])
    assert {p["release"].rpartition("-")[0][:7] for p in of_texas} == {"tx-etpl"}
    assert 0 < len(of_texas) < len(everything)
    assert f"{len(of_texas):,} findings" in stackway("data", "report", "tx-etpl").out.decode()


def test_a_report_on_a_source_that_is_not_there_says_so(stackway: Stackway) -> None:
    said = stackway("data", "report", "tx")

    assert said.code == 2
    assert "tx: the data in use has no such source" in said.err


def test_an_install_names_the_files_it_did_not_read(stackway: Stackway, own_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "notes.txt").write_text("Dear colleague")
    header = "2010 SOC Code,2018 SOC Code\n"
    pairs = "".join(f"11-{n:04},11-{n:04}\n" for n in range(900))
    (folder / "soc_2010_to_2018_crosswalk.csv").write_text(header + pairs)

    said = stackway("data", "install", folder).out.decode()

    assert own_data.is_dir()
    assert "notes.txt: not read: no source knows this name; keep the publisher's file names." in said
