"""What a process loads before it is ready: nothing that is not needed to answer. Each of these costs part of the start.

Modules, not seconds: a machine's speed cannot turn this red, and the name says what to take out again.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "seeker.json"

# What data are compiled with, what workers of lists use, and what only some callers or settings ask for.
NOT_TO_ANSWER = (
    *("alembic", "dask", "distributed", "pandas", "procrastinate", "python_calamine", "scipy", "sklearn"),
    *("pydantic_settings", "threadpoolctl", "watchfiles"),
    *("pyarrow.compute", "pyarrow.parquet", "pyarrow.dataset"),
    *("app.jobs.batch", "app.jobs.cluster", "app.jobs.seats", "app.jobs.typed_files", "app.jobs.worker"),
    *("matching.derive", "matching.fit.training", "matching.resolve.training"),
    *("taxonomy.classifications", "taxonomy.for_looking_up", "taxonomy.onet_reference", "taxonomy.supply"),
    *("taxonomy.assemble", "taxonomy.diff", "taxonomy.linking.link", "taxonomy.loaders.official"),
    *("jwt", "cryptography.x509", "app.services.tokens"),
    *("opentelemetry.sdk", "pydantic.v1", "rich"),
)
# What a command that answers one person needs none of.
OF_THE_SERVICE = ("fastapi", "starlette", "uvicorn", "sqlalchemy", "psycopg", "structlog", "cryptography")

_SERVE = """
import app.cli.program, app.serve, app.connections
from pydantic import SecretStr
from app.main import create_app
from app.settings import Settings
create_app(Settings(database_url=SecretStr("postgresql://stackway_app@/x"), access="keys"))
"""
_NOBODY_ASKED = """
import importlib.metadata, os
os.environ.pop("PYDANTIC_DISABLE_PLUGINS", None)  # inherited from this process, which has been started
def refuse(**group):
    raise SystemExit(f"asked for {group}")
importlib.metadata.entry_points = refuse
"""
_VALIDATORS_MADE = """
from app.api.model import Model
made, kinds = [], Model.__subclasses__()
for kind in kinds:
    kinds += kind.__subclasses__()
    made += [kind.__name__] if kind.__pydantic_complete__ else []
print("of", len(kinds), *made)
"""
_OPERATIONS_WORKED_OUT = """
from app.api.described import DescribedRoute
from app.main import ROUTERS
routes = [route for router in ROUTERS for route in router.routes if isinstance(route, DescribedRoute)]
print("of", len(routes), *(route.path for route in routes if "dependant" in vars(route)))
"""
_FIRST_REQUESTS = """
import warnings
told = []
warnings.showwarning = lambda message, *_: told.append(str(message))
warnings.simplefilter("always")
import app.serve
from pydantic import SecretStr
from starlette.testclient import TestClient
from app.main import create_app
from app.settings import Settings
app = create_app(Settings(database_url=SecretStr("postgresql://stackway_app@/x"), access="local"))
here = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5), raise_server_exceptions=False)
asked = 0
with here:
    for path, methods in here.get("/openapi.json").json()["paths"].items():
        for method, said in methods.items():
            if any(parameter["in"] == "query" for parameter in said.get("parameters", ())):
                assert here.request(method, path, params={"quetzal": "1"}).status_code in (406, 415, 422), path
                asked += 1
print("asked", asked, *told, sep="\\n")
"""
_MATCH = "import app.cli.program, app.cli.inputs, app.cli.outputs"
_ANSWER = f"""
import sys
from datetime import date
from pathlib import Path
from app.api.mapping import answer_bytes, read_seeker
from app.services.answering import open_engine
from app.settings import Settings
import orjson
engine = open_engine(Settings())
assert "_credentials" not in vars(engine._world.resolver), "names of credentials are read before anybody names one"
profile = read_seeker(orjson.loads(Path({str(EXAMPLE)!r}).read_bytes()))
answer_bytes(engine.answer(profile, date(2026, 11, 22)))
print("\\n".join(sys.modules))
"""


def run_anew(code: str, data_dir: Path) -> str:
    """What some code prints in a process of its own."""
    environ = {**os.environ, "STACKWAY_DATA_DIR": str(data_dir)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ)  # noqa: S603 # ours
    return done.stdout


def among(modules: set[str], unwanted: Sequence[str]) -> list[str]:
    """Which of some modules, or packages they lie in, are there."""
    return [name for name in unwanted if any(m == name or m.startswith(f"{name}.") for m in modules)]


@pytest.mark.parametrize(
    ("door", "unwanted"),
    [(_SERVE, NOT_TO_ANSWER), (_MATCH, (*NOT_TO_ANSWER, *OF_THE_SERVICE))],
    ids=["serve", "match"],
)
def test_a_process_that_answers_loads_only_what_answers_need(
    door: str, unwanted: tuple[str, ...], data_dir: Path
) -> None:
    opened_and_answered = f"{door}\n{_ANSWER}"

    modules = set(run_anew(opened_and_answered, data_dir).split())

    assert among(modules, unwanted) == []


def test_nothing_of_the_wire_has_a_validator_before_something_is_read(data_dir: Path) -> None:
    printed = run_anew(f"{_SERVE}\n{_VALIDATORS_MADE}", data_dir)

    _, kinds, *made = printed.split()
    assert int(kinds) > 50
    assert made == []


def test_a_start_asks_no_other_package_whether_it_would_read_along(data_dir: Path) -> None:
    printed = run_anew(f"{_NOBODY_ASKED}\n{_SERVE}\nprint('started')", data_dir)

    assert printed.strip() == "started"


def test_no_operation_is_worked_out_before_somebody_asks_for_it(data_dir: Path) -> None:
    printed = run_anew(f"{_SERVE}\n{_OPERATIONS_WORKED_OUT}", data_dir)

    _, operations, *worked_out = printed.split()
    assert int(operations) > 50
    assert worked_out == []


def test_a_start_and_the_first_request_to_each_operation_warn_of_nothing(data_dir: Path) -> None:
    _, number, *warned = run_anew(_FIRST_REQUESTS, data_dir).split("\n", 2)

    assert int(number) >= 15
    assert "".join(warned).strip() == ""
