"""Snapshots on disk: whole or absent, whatever happens in between."""

import json
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from taxonomy.snapshot import Contents, Snapshot, SnapshotError
from taxonomy.store import Store

ROOT = Path(__file__).parents[2]


def derive(contents: Contents) -> dict[str, np.ndarray]:
    return {"title_lengths": np.array([len(t.text) for t in contents.tables["titles"]], np.int32)}


def derive_otherwise(contents: Contents) -> dict[str, np.ndarray]:
    return {"title_lengths": np.zeros(len(contents.tables["titles"]), np.int32)}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data with a space")


def damage(store: Store, digest: str, name: str = "wages.arrow") -> None:
    path = store.data_dir / "snapshots" / digest / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(raw)


def test_before_the_first_install_there_is_no_snapshot(store: Store) -> None:
    assert store.current() is None
    assert store.list_installed() == ()
    assert store.status(date(2044, 1, 1)).snapshot is None


def test_an_install_puts_a_snapshot_in_use_with_its_derived_arrays(store: Store) -> None:
    digest = store.install([], derive)

    snapshot = store.current()

    assert snapshot is not None
    assert snapshot.digest == digest
    assert len(snapshot.array("title_lengths")) == len(snapshot.table("titles"))


def test_the_same_files_give_the_same_bytes_twice(store: Store, tmp_path: Path) -> None:
    first = store.install([], derive)
    elsewhere = Store(tmp_path / "elsewhere")

    again, there = store.install([], derive), elsewhere.install([], derive)

    assert first == again == there
    files = sorted((store.data_dir / "snapshots" / first).iterdir())
    assert files
    assert all(f.read_bytes() == (elsewhere.data_dir / "snapshots" / first / f.name).read_bytes() for f in files)


def test_the_digest_does_not_depend_on_the_order_in_which_a_process_hashes(store: Store) -> None:
    program = "import sys; from pathlib import Path; from taxonomy.store import Store; "
    program += "print(Store(Path(sys.argv[1])).install([], lambda contents: {}))"
    digests = {
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program, str(store.data_dir)],
            env={"PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "77")
    }

    assert len(digests) == 1


def test_an_older_snapshot_is_put_in_use_by_the_beginning_of_its_digest(store: Store) -> None:
    first = store.install([], derive)
    second = store.install([], derive_otherwise)

    used = store.use(first[:10])

    current = store.current()
    assert current is not None
    assert used == current.digest == first != second
    assert store.list_installed() == tuple(sorted((first, second)))


@pytest.mark.parametrize("prefix", ["", "zz"])
def test_a_digest_that_names_no_single_snapshot_is_refused(store: Store, prefix: str) -> None:
    store.install([], derive)

    with pytest.raises(SnapshotError, match="name exactly one"):
        store.use(prefix)


def test_a_damaged_snapshot_is_refused_and_the_one_in_use_stays(store: Store) -> None:
    first = store.install([], derive)
    second = store.install([], derive_otherwise)
    damage(store, first)

    with pytest.raises(SnapshotError, match=r"wages\.arrow is missing or changed"):
        store.use(first)

    current = store.current()
    assert current is not None
    assert current.digest == second
    assert {v.snapshot: v.problem is None for v in store.verify()} == {first: False, second: True}


def test_a_snapshot_that_lost_a_file_is_refused_when_it_is_opened(store: Store) -> None:
    digest = store.install([], derive)
    (store.data_dir / "snapshots" / digest / "zips.arrow").unlink()

    with pytest.raises(SnapshotError, match=r"zips\.arrow"):
        store.current()


def test_a_snapshot_with_a_half_written_file_is_refused_when_it_is_opened(store: Store) -> None:
    digest = store.install([], derive)
    table = store.data_dir / "snapshots" / digest / "wages.arrow"
    table.write_bytes(table.read_bytes()[:-64])

    with pytest.raises(SnapshotError, match=r"wages\.arrow"):
        store.current()


def test_a_manifest_that_was_rewritten_is_refused(store: Store) -> None:
    digest = store.install([], derive)
    manifest = store.data_dir / "snapshots" / digest / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format"', ' "format"'))

    with pytest.raises(SnapshotError, match="manifest was changed"):
        store.open(digest)


def test_installing_the_same_files_mends_a_damaged_snapshot(store: Store) -> None:
    digest = store.install([], derive)
    damage(store, digest)

    assert store.install([], derive) == digest
    assert [v.problem for v in store.verify()] == [None]


def test_an_install_that_fails_leaves_the_snapshot_in_use_and_no_remains(store: Store) -> None:
    digest = store.install([], derive)

    def fail(_: Contents) -> dict[str, np.ndarray]:
        raise MemoryError

    with pytest.raises(MemoryError):
        store.install([], fail)

    assert store.list_installed() == (digest,)
    assert list(store.data_dir.glob(".building-*")) == []


def test_status_tells_the_age_of_each_source_on_the_day_given(store: Store) -> None:
    store.install([], derive)

    status = store.status(date(2027, 12, 1))

    wages = next(r for r in status.releases if r.id == "oews-us-2025")
    assert wages.retrieved_on is not None
    assert wages.age_days == (date(2027, 12, 1) - date.fromisoformat(wages.retrieved_on)).days
    assert wages.overdue is True
    assert wages.rows_kept > 0


def test_two_installed_snapshots_are_compared_by_their_digests(store: Store) -> None:
    before = store.install([], derive)
    after = store.install([], derive_otherwise)

    # Only a derived array differs: no table says anything else.
    assert store.diff(before[:12], after[:12]) == []


# Compiles two contents in turn for ever. What is read is read once, so that nearly all its time goes into writing.
INSTALLER = textwrap.dedent("""
    import sys
    from pathlib import Path
    import numpy as np
    from taxonomy.assemble import assemble
    from taxonomy.store import Store

    store, contents = Store(Path(sys.argv[1])), assemble()
    while True:
        for n in (1, 2):
            store.install_contents(contents, lambda _: {"n": np.full(200_000, n)})
            print("installed", flush=True)
""")


def test_a_process_killed_at_any_moment_leaves_a_whole_snapshot_in_use(store: Store) -> None:
    for milliseconds in (1, 7, 16, 31, 55, 90):
        # Both contents have to be compiled anew: nothing is there to fall back on but the one last put in use.
        shutil.rmtree(store.data_dir, ignore_errors=True)
        command = [sys.executable, "-c", INSTALLER, str(store.data_dir)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:  # noqa: S603 - our own program
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(milliseconds / 1000)
            process.send_signal(signal.SIGKILL)

        current = store.current()

        assert current is not None
        assert np.unique(current.array("n")).tolist() in ([1], [2])
        assert all(v.problem is None for v in store.verify())
    store.install([], derive)
    assert list(store.data_dir.glob(".building-*")) == []


@pytest.mark.official
def test_all_official_files_install_in_time_and_open_at_once(store: Store, official_data: Path) -> None:
    started = time.perf_counter()
    digest = store.install([official_data], derive)
    installed = time.perf_counter()
    snapshot = store.open(digest)
    opened = time.perf_counter() - installed

    assert len(snapshot.occupations) == 1016
    assert installed - started < 90
    assert opened < 0.2


def test_a_snapshot_from_before_a_table_was_known_has_no_rows_of_it(store: Store) -> None:
    """What an earlier version compiled stays usable: its manifest does not name the table."""
    digest = store.install([], derive)
    folder = store.data_dir / "snapshots" / digest
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["files"]["projections.arrow"], manifest["rows"]["projections"]
    (folder / "projections.arrow").unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest))

    snapshot = Snapshot.open(folder, verify=True)

    assert list(snapshot.table("projections")) == []
    assert len(snapshot.table("wages")) > 0


def test_the_package_s_own_data_are_known_to_be_another_version_s_and_given_files_are_left_alone(store: Store) -> None:
    store.install([], derive)
    own = store.current()
    assert own is not None
    assert not store.is_of_another_package(own)

    (store.data_dir / "starter").write_text("what an earlier version was compiled from", encoding="ascii")
    assert store.is_of_another_package(own)
    (store.data_dir / "starter").unlink()  # compiled before such a note was kept
    assert store.is_of_another_package(own)

    board = store.data_dir / "board.toml"
    board.write_text(
        '[board]\narea = "TX:ALAMO"\ncitation = "A"\nlink = "x"\neffective_from = 2026-07-01\n'
        'checked_on = 2026-11-22\n[[waiver]]\nid = "one"\n',
        encoding="utf-8",
    )
    store.install([board], derive)
    given = store.current()
    assert given is not None
    assert not store.is_of_another_package(given)
