"""Every phase of a fuzzer against the running service: examples, edges of each value, chance, chains of requests.

Ten thousand requests and more, drawn anew: `make fuzz`, by hand or at night. The gate has `test_contract.py`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.settings import Settings
from tests.app.processes import Service, running_service

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "fresh", reason="many minutes: `make fuzz` sends these"),
]

CONFIG = Path(__file__).with_name("schemathesis.toml")
LEAST = 10_000


def fuzz(service: Service, folder: Path) -> "subprocess.CompletedProcess[str]":
    address = f"http://127.0.0.1:{service.settings.port}/openapi.json"
    kept = service.ask("POST", "/v1/matches", orjson.dumps(PROFILE), Content_Type="application/json")
    match_id = orjson.loads(service.ask("GET", "/v1/matches")[1])["items"][0]["id"]
    assert kept[0] == 201
    return subprocess.run(  # noqa: S603 # the fuzzer's own command
        [sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run", address, "--no-color",
         "--header", f"Authorization: Bearer {service.key}", "--phases", "examples,coverage,fuzzing,stateful",
         "--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "60", "--max-examples", "200"],
        capture_output=True, check=False, cwd=folder, text=True,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.contract.media_types", "MATCH_ID": match_id},
    )  # fmt: skip


def test_no_request_in_any_phase_finds_a_reply_that_is_not_described(
    database: EmbeddedServer, data_dir: Path, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=SecretStr(database.url),
        eeo_database_url=SecretStr(database.eeo_url),
        data_dir=data_dir,
        requests_per_minute=10_000_000,
        log_level="error",
    )
    with running_service(database, settings, tmp_path / "log") as service:
        done = fuzz(service, tmp_path)

    report = done.stdout + done.stderr
    cases = re.search(r"(\d+) generated", report)
    print(report[-1500:])  # noqa: T201 # the seed to find them again
    assert done.returncode == 0, report
    assert cases is not None
    print(f"{cases[1]} cases, none failed; at least {LEAST:,} are wanted")  # noqa: T201 # for who runs it at night
    assert int(cases[1]) >= LEAST
    assert (tmp_path / "log").read_text() == ""  # nothing that was worth an error
