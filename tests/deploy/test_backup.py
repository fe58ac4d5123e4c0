"""The guide's own commands: a restored copy is the same, and shows erased people to nobody."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from pydantic import SecretStr

from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import client_of

GUIDE = Path(__file__).parents[2] / "deploy/README.md"
KEPT = ("boards", "seekers", "matches", "audit_events", "follow_ups", "eeo.demographics")


def _run(name: str, folder: Path, **environment: str) -> None:
    """A block of commands of the guide, by its mark."""
    found = re.search(rf"<!-- tested: {name} -->\n```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    with psycopg.connect(next(iter(environment.values()))) as connection:  # its programs have to be of its own version
        programs = connection.execute("select setting from pg_config where name = 'BINDIR'").fetchone()
    assert programs is not None
    path = f"{programs[0]}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(  # noqa: S603 # the guide's own words
        ["/bin/sh", "-ec", found[1]], check=True, cwd=folder, env={**os.environ, "PATH": path, **environment}
    )


def _digests(url: str) -> dict[str, str]:
    with psycopg.connect(url) as connection:
        return {
            table: str(
                connection.execute(
                    f"select md5(string_agg(t::text, '/' order by t::text)) from {table} t"  # type: ignore[call-overload] # noqa: S608 # our own words
                ).fetchone()
            )
            for table in KEPT
        }


def test_a_restored_copy_is_the_same_and_the_erased_stay_erased(
    database: EmbeddedServer,
    empty_database: EmbeddedServer,
    data_dir: Path,
    engine: MatchEngine,
    profile: dict[str, Any],
    tmp_path: Path,
) -> None:
    before = Settings(
        database_url=SecretStr(database.url),
        eeo_database_url=SecretStr(database.eeo_url),
        data_dir=data_dir,
        access="local",
        audit_anchor=str(tmp_path / "anchor"),
    )
    with client_of(before, engine) as client:
        kept, erased = (client.post("/v1/seekers", json=profile).headers["location"] for _ in range(2))
        answer = client.post(f"{kept}/matches")
        client.put(f"{kept}/demographics", json={"sex": "female"}, headers={"If-None-Match": "*"})
        _run("backup", tmp_path, BACKUP_URL=database.owner_url)
        records = (tmp_path / "records.dump").rename(tmp_path / "older.dump")
        then = _digests(database.owner_url)
        client.delete(erased, headers={"If-Match": "*"})
        _run("backup", tmp_path, BACKUP_URL=database.owner_url)
        records.rename(tmp_path / "records.dump")  # the records of before, with the newest keys

    _run("restore", tmp_path, RESTORE_URL=empty_database.owner_url)

    assert _digests(empty_database.owner_url) == then
    after = before.model_copy(
        update={
            "database_url": SecretStr(empty_database.url),
            "eeo_database_url": SecretStr(empty_database.eeo_url),
        }
    )
    with client_of(after, engine) as client:
        assert client.get(answer.headers["location"]).content == answer.content
        assert client.get(f"{kept}/demographics").json()["sex"] == "female"
        assert client.get(erased).status_code == 404
        assert client.get("/readyz").status_code == 200
    with psycopg.connect(empty_database.url) as connection:
        assert connection.execute("select count(*) from seekers").fetchone() == (0,)  # no board, no rows
