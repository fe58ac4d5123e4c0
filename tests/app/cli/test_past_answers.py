"""`stackway data diff --answers` and `--board`: which past answers' figures moved."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.embedded import EmbeddedServer
from matching.derive import derive_arrays
from taxonomy.assemble import assemble
from taxonomy.store import Store
from tests.app.cli.conftest import Stackway
from tests.app.conftest import MakeKey


@pytest.fixture(scope="module")
def cheaper(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> tuple[Path, str, str]:
    """A data folder with the starter set and one in which all courses cost a dollar less, and both digests."""
    folder = tmp_path_factory.mktemp("two") / "data"
    shutil.copytree(data_dir, folder)
    store = Store(folder)
    first = store.current()
    assert first is not None
    contents = assemble()
    programs = contents.tables["programs"]
    programs[:] = [replace(p, tuition_usd=p.tuition_usd and p.tuition_usd - 1) for p in programs]
    return folder, first.digest, store.install_contents(contents, derive_arrays)


Diff = Callable[..., Any]


@pytest.fixture
def diff(stackway: Stackway, cheaper: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch) -> Diff:
    """The JSON of `data diff` from the starter set to the cheaper one."""
    folder, before, after = cheaper
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(folder))

    def run(*options: object, turned: bool = False) -> Any:  # noqa: ANN401 - a document
        pair = (after, before) if turned else (before, after)
        said = stackway("data", "diff", *pair, *options, "--format", "json")
        assert said.code == 0, said.err
        return json.loads(said.out)

    return run


@pytest.fixture
def answer_file(stackway: Stackway, profile_file: Path, tmp_path: Path, cheaper: tuple[Path, str, str]) -> Path:
    """An answer made from the starter set."""
    path = tmp_path / "answer.json"
    path.write_bytes(stackway("match", profile_file, "--data", cheaper[1], "--format", "json").out)
    return path


def test_an_answer_of_match_tells_the_prices_that_moved(diff: Diff, answer_file: Path) -> None:
    found = diff("--answers", answer_file)

    (answer,) = found["answers"]
    assert [t["table"] for t in found["tables"]] == ["programs"]
    assert (answer["answer"], answer["state"]) == ("answer.json", "moved")
    assert {(f["table"], f["figure"]) for f in answer["figures"]} == {("programs", "tuition_usd")}
    assert all(f["before"] - f["after"] == 1 for f in answer["figures"])
    assert "A-1042" not in json.dumps(found)


def test_an_answer_made_from_other_data_is_counted_and_not_compared(diff: Diff, answer_file: Path) -> None:
    (answer,) = diff("--answers", answer_file, turned=True)["answers"]

    assert (answer["state"], answer["figures"]) == ("other_data", [])


def test_lines_of_batch_are_named_by_their_rows(diff: Diff, answer_file: Path, tmp_path: Path) -> None:
    lines = tmp_path / "list.jsonl"
    answer = answer_file.read_text()
    lines.write_text("".join(f'{{"row": {row}, "answer": {answer}}}\n' for row in (3, 8)))

    assert [a["answer"] for a in diff("--answers", lines)["answers"]] == ["list.jsonl, row 3", "list.jsonl, row 8"]


def test_the_table_tells_how_many_moved(
    stackway: Stackway, cheaper: tuple[Path, str, str], answer_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, before, after = cheaper
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(folder))

    said = stackway("data", "diff", before, after, "--answers", answer_file).out.decode()

    assert "tuition_usd" in said
    assert "1 of 1 past answers rest on figures that moved, 0 do not." in said


@pytest.mark.parametrize("content", ["{", "[1]", '{"plans": []}', '{"row": 1, "answer": 2}'])
def test_a_file_that_holds_no_answer_is_a_fault_of_use(
    stackway: Stackway, cheaper: tuple[Path, str, str], content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, before, after = cheaper
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(folder))
    path = tmp_path / "none.json"
    path.write_text(content)

    said = stackway("data", "diff", before, after, "--answers", path)

    assert said.code == 2
    assert "none.json" in said.err


@pytest.fixture
def _same_installation(
    client: TestClient,
    database: EmbeddedServer,
    data_dir: Path,
    cheaper: tuple[Path, str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let the command have the database and the secret of the service behind `client`."""
    assert client.get("/readyz").status_code == 200
    shutil.copy(data_dir / "secret.key", cheaper[0] / "secret.key")
    monkeypatch.setenv("STACKWAY_DATABASE_URL", database.url)


@pytest.mark.usefixtures("_same_installation")
def test_answers_a_board_has_kept_are_asked_without_those_erased_or_of_other_boards(
    diff: Diff, client: TestClient, make_key: MakeKey, profile: dict[str, Any]
) -> None:
    kept, erased = (client.post("/v1/matches", json=profile).headers["location"].split("/")[-1] for _ in range(2))
    client.post("/v1/matches", json=profile, headers=make_key("cameron"))
    client.delete(f"/v1/matches/{erased}", headers={"If-Match": "*"})

    found = diff("--board", "demo")["answers"]

    assert [(a["answer"], a["state"]) for a in found] == [(kept, "moved")]
    events = client.get("/v1/audit").json()["items"]
    assert any(e["action"] == "match.compare" and e["subjects"] == [f"match:{kept}"] for e in events)
