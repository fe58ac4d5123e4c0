"""The rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "matching", "taxonomy", "migrations")
OURS = (*PACKAGES, "tests", "benchmarks")
LONGEST_FILE = 300  # lines
# On the official data; on the published description; what the rules of a folder say together; facts of several files.
OF_A_WHOLE_FOLDER = {
    "test_official.py",
    "test_bad_input.py",
    "test_contract.py",
    "test_scenarios.py",
    "test_law_facts.py",
    "test_study_facts.py",
    "test_starter_official.py",
    "test_provider_evidence.py",
    # What the whole service has to survive.
    "test_access_of_boards.py",
    "test_at_once.py",
    "test_conventions.py",
    "test_database_away.py",
    "test_disk_of_database_full.py",
    "test_events.py",
    "test_hostile_traffic.py",
    "test_slow_readers.py",
    "test_slow_senders.py",
    "test_disk_full.py",
    "test_killing.py",
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

# Put together from parts, so that this file does not hold what it looks for.
FORBIDDEN = {
    "the host of a package registry": re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "/sim" + "ple/"))),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "opt/s" + "w", "ho" + "me")) + ")/"),
}
TEXT = {".py", ".toml", ".md", ".lock", ".json", ".yaml", ".yml", ".mako", ".cfg", ".txt", ""}


def list_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (p for p in sorted((ROOT / folder).rglob("*")) if p.is_file() and "__pycache__" not in p.parts)


def list_code(*folders: str) -> list[Path]:
    return [path for path in list_files(*folders) if path.suffix == ".py"]


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_every_file_fits_in_the_head() -> None:
    long = [p for p in list_code(*OURS) if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]

    assert not named(long)


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    assert not named([p for p in list_files(*OURS) if VAGUE_NAMES & {part.split(".")[0] for part in p.parts}])


def public_definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if "overload" not in map(ast.unparse, node.decorator_list):  # the function itself says it
            yield node


def test_every_module_class_and_function_says_what_it_is_for() -> None:
    silent = []
    for path in list_code(*PACKAGES):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes: list[ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = [tree]
        if "versions" not in path.parts:  # a revision has one upgrade; its docstring is the module's
            nodes += public_definitions(tree)
        silent += [f"{path.relative_to(ROOT)}: {getattr(n, 'name', '')}" for n in nodes if not ast.get_docstring(n)]

    assert not silent


def test_every_module_of_tests_says_what_it_tests() -> None:
    silent = [p for p in list_code("tests") if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]

    assert not named(silent)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    top = [path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT and path.name != ".git"]
    files = [p for p in (*list_files(*OURS, ".ci"), *top) if p.suffix in TEXT]

    assert not named([p for p in files if FORBIDDEN[what].search(p.read_text(encoding="utf-8", errors="replace"))])


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-service.lock", "requirements-tools.lock"])
def test_a_lock_pins_every_package_by_hash_and_names_no_place(lock: str) -> None:
    content = (ROOT / lock).read_text(encoding="utf-8")
    pins = [line for line in content.splitlines() if line and not line.startswith((" ", "#"))]

    assert all(re.match(r"[a-z0-9._-]+==[^ ]+", pin) for pin in pins)
    assert content.count("--hash=sha256:") >= len(pins)
    assert not re.search(r"https?:|file:|--index|--find-links|--extra-index", content)


def test_the_lock_holds_every_dependency_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.split(r"[\[<>=]", dependency)[0] for dependency in wanted}
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M))

    assert names <= locked


@pytest.mark.parametrize("path", sorted((ROOT / "taxonomy/sources").glob("*.toml")), ids=lambda path: path.stem)
def test_every_manifest_names_publisher_licence_and_address(path: Path) -> None:
    manifest = tomllib.loads(path.read_text(encoding="utf-8"))

    assert all(manifest[key] for key in ("publisher", "licence", "attribution", "link"))


@pytest.mark.parametrize("path", sorted((ROOT / "taxonomy/starter").glob("*.csv")), ids=lambda path: path.stem)
def test_every_starter_table_says_where_each_row_is_from(path: Path) -> None:
    heading = path.read_text(encoding="utf-8").splitlines()[0].split(",")

    assert {"release", "source"} & set(heading) or any(name.endswith("_release") for name in heading)


def test_every_test_file_mirrors_a_module_or_folder_it_tests() -> None:
    orphans = []
    for path in list_code("tests/app", "tests/matching", "tests/taxonomy"):
        mirrored = ROOT / path.relative_to(ROOT / "tests").with_name(path.name.removeprefix("test_"))
        if path.name.startswith("test_") and path.name not in OF_A_WHOLE_FOLDER:
            stands = mirrored.with_suffix("").is_dir() or any(mirrored.parent.glob(f"{mirrored.stem}.*"))
            orphans += [] if stands else [path]

    assert not named(orphans)


def test_records_are_made_by_the_decorator_that_starts_fast() -> None:
    slow = re.compile(r"^@dataclass\(frozen=True, slots=True(, eq=False)?\)", re.MULTILINE)

    found = [path for path in list_code(*PACKAGES) if slow.search(path.read_text(encoding="utf-8"))]

    assert not named(found), "use @frozen (taxonomy/frozen.py)"
