"""Titles over the official O*NET lexicon: everyday words, labelled titles, noise, and where titles come from."""

import csv
import random
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from matching.resolve.evaluation import evaluate_titles
from matching.resolve.generated import TITLE_NOISE, Case, cases, title_names
from matching.resolve.index import derive_title_index
from matching.resolve.noise import typo
from matching.resolve.resolver import Resolver
from matching.resolve.training import LEXICON_KINDS
from matching.resolve.word_lists import spanish_words, word_lists
from taxonomy.occupations import Occupation, TaskStatement, Title
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

LABELLED = (("bls_titles_dev.csv", "soc_2018"), ("vacancy_titles_dev.csv", "onet_codes"))
DATA = Path(__file__).parents[4] / "shared" / "data"

pytestmark = [
    pytest.mark.slow,  # the classifiers are learned from all official titles first
    pytest.mark.official,
    pytest.mark.skipif(
        not (DATA / "onet_30_1").is_dir(), reason="the folder of official data is not beside the project"
    ),
]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / "onet_30_1" / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


@pytest.fixture(scope="module")
def official() -> Contents:
    """Occupations, titles and tasks alone, straight from the tables, so that this test needs no loader."""
    contents = Contents()
    for row in sorted(_rows("Occupation Data.txt"), key=lambda r: r["O*NET-SOC Code"]):
        code, name = row["O*NET-SOC Code"], row["Title"]
        unknown = (None,) * 9
        contents.tables["occupations"].append(Occupation(code, name, code[:7], *unknown, None, "onet", None))
        contents.tables["titles"].append(Title(name, code, "occupation", "onet"))
    for name, column, kind in (
        ("Alternate Titles.txt", "Alternate Title", "alternate"),
        ("Sample of Reported Titles.txt", "Reported Job Title", "reported"),
    ):
        contents.tables["titles"] += [Title(r[column], r["O*NET-SOC Code"], kind, "onet") for r in _rows(name)]
    contents.tables["tasks"] = [
        TaskStatement(r["O*NET-SOC Code"], r["Task"], "onet") for r in _rows("Task Statements.txt")
    ]
    return contents


@pytest.fixture(scope="module")
def official_snapshot(official: Contents, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = tmp_path_factory.mktemp("official") / "snapshot"
    official.arrays.update(derive_title_index(official))
    write_snapshot(official, folder)
    yield Snapshot.open(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def official_resolver(official_snapshot: Snapshot) -> Resolver:
    return Resolver.from_snapshot(official_snapshot)


@pytest.mark.parametrize(
    ("title", "soc"),
    [
        ("cashier", "41-2011"),
        ("Sr. cashier @ Walmart, nights", "41-2011"),
        ("CNA", "31-1131"),
        ("nursing home aide", "31-1131"),
        ("RN", "29-1141"),
        ("LVN", "29-2061"),
        ("forklift driver at the warehouse", "53-7051"),
        ("truck driver", "53-3032"),
        ("welder", "51-4121"),
        ("HVAC tech", "49-9021"),
        ("phlebotomist", "31-9097"),
        ("medical assistant", "31-9092"),
        ("dental asst", "31-9091"),
        ("janitor", "37-2011"),
        ("security guard", "33-9032"),
        ("waitress", "35-3031"),
        ("barista", "35-3023"),
        ("home health aide", "31-1121"),
        ("nanny", "39-9011"),
        ("landscaper", "37-3011"),
        ("software developer", "15-1252"),
        ("house cleaner", "37-2012"),
        ("soldador", "51-4121"),
        ("cajera", "41-2011"),
        ("camionero", "53-3032"),
        ("electricista", "47-2111"),
        ("security gaurd", "33-9032"),
        ("nruse", "29-1141"),
        ("cajera en Walmart", "41-2011"),
        ("trabajé limpiando casas", "37-2012"),
        ("mowed lawns", "37-3011"),
        ("warehouse associate Amazon", "53-7062"),
        ("carpenter for 10 years", "47-2031"),
        ("sold insurance", "41-3021"),
        ("operador de torno", "51-4034"),
    ],
)
def test_everyday_titles_find_their_occupation(official_resolver: Resolver, title: str, soc: str) -> None:
    assert (official_resolver.resolve_title(title).code or "")[:7] == soc


def test_labelled_titles_keep_the_share_we_measured(official_resolver: Resolver) -> None:
    bls = [Case(t, (code,)) for t, code in _labelled("bls_titles_dev.csv", "soc_2018")]
    vacancies = [Case(t, tuple(codes.split("|"))) for t, codes in _labelled("vacancy_titles_dev.csv", "onet_codes")]
    vacancies = [Case(v.text, tuple(c[:7] for c in v.codes)) for v in vacancies]

    on_bls, on_vacancies = evaluate_titles(official_resolver, bls), evaluate_titles(official_resolver, vacancies)

    # Above a plain character TF-IDF nearest neighbour: 0.81 and 0.94, 0.175 and 0.39.
    assert on_bls.first.value >= 0.82
    assert on_bls.in_five.value >= 0.94
    assert on_vacancies.first.value >= 0.22
    assert on_vacancies.in_five.value >= 0.46


def _labelled(name: str, column: str) -> list[tuple[str, str]]:
    with (DATA / "eval" / name).open(encoding="utf-8", newline="") as stream:
        return [(row["title"], row[column]) for row in csv.DictReader(stream)]


def test_seeded_typos_of_official_titles_keep_nine_of_ten(official: Contents, official_resolver: Resolver) -> None:
    rng = random.Random(11)  # noqa: S311 - reproducible noise, no secret
    names: dict[str, set[str]] = {}
    for title in official.tables["titles"]:
        names.setdefault(title.text, set()).add(title.onet_code[:7])
    sample = rng.sample([text for text in sorted(names) if len(text) > 6], 400)

    right = sum((official_resolver.resolve_title(typo(t, rng)).code or "")[:7] in names[t] for t in sample)

    assert right / len(sample) >= 0.9


def test_a_word_that_one_longer_title_alone_has_is_put_to_the_person(official_resolver: Resolver) -> None:
    sommelier, barista = (official_resolver.resolve_title(title) for title in ("sommelier", "coffee sommelier"))

    assert (sommelier.confirm, barista.confirm) == (True, False)


def test_who_helped_in_a_bakery_may_be_a_helper_or_a_baker_and_is_asked(official_resolver: Resolver) -> None:
    result = official_resolver.resolve_title("never worked as a welder but helped in a bakery")

    assert {c.code[:7] for c in result.candidates[:2]} == {"51-9198", "51-3011"}
    assert result.confirm


@pytest.mark.parametrize("noise", ["typo", "abbreviation", "employer and shift"])
def test_probabilities_hold_on_noise_of_official_titles(
    official_snapshot: Snapshot, official_resolver: Resolver, noise: str
) -> None:
    drawn = cases(title_names(official_snapshot), TITLE_NOISE[noise], 400, 7)

    error = evaluate_titles(official_resolver, drawn).expected_calibration_error

    assert error is not None
    assert error <= 0.07  # 0.05 is the aim with the employment that this test has not


def test_opening_is_instant_and_a_query_takes_milliseconds(official_snapshot: Snapshot) -> None:
    started = time.perf_counter()
    resolver = Resolver.from_snapshot(Snapshot.open(official_snapshot.folder))
    opened = time.perf_counter() - started

    started = time.perf_counter()
    for _ in range(50):
        resolver.resolve_title("senior warehouse forklift oprator")
    each = (time.perf_counter() - started) / 50

    assert opened < 0.5
    assert each < 0.03  # 3 ms is the aim on an idle machine; a shared one may take ten times that


def test_only_the_lexicons_own_kinds_of_titles_are_indexed(official_snapshot: Snapshot) -> None:
    assert set(official_snapshot.table("titles").strings("kind")) <= LEXICON_KINDS


def test_no_labelled_title_stands_in_our_own_lexicon(official: Contents) -> None:
    published = {title.text.casefold() for title in official.tables["titles"]}
    published |= {row["Short Title"].casefold() for row in _rows("Alternate Titles.txt")}
    labelled = {title.casefold() for name in LABELLED for title, _ in _labelled(*name)}
    with (Path(__file__).parents[3] / "taxonomy" / "starter" / "titles.csv").open(encoding="utf-8", newline="") as rows:
        ours = {row["text"].casefold() for row in csv.DictReader(rows) if row["kind"] == "lexicon"}
    phrases = {words for part in ("everyday", "spanish", "spanish_words") for words in word_lists()[part]}

    # What O*NET itself publishes as a title is in every lexicon made from it.
    assert (ours | phrases) & (labelled - published) == set()


def test_no_spanish_word_we_translate_is_an_english_word_of_a_title(official: Contents) -> None:
    # The starter's own Spanish titles are not among these.
    held = {word for title in official.tables["titles"] for word in re.findall("[a-z]+", title.text.casefold())}

    assert held & spanish_words().keys() == set()


def test_labelled_titles_are_read_by_nothing_but_tests_and_evaluation() -> None:
    root = Path(__file__).parents[3]
    readers = [
        path.relative_to(root).as_posix()
        for package in ("taxonomy", "matching")
        for path in (root / package).rglob("*")
        if path.suffix in {".py", ".toml", ".csv", ".json"}
        and any(word in path.read_text("utf-8") for word in ("bls_titles", "vacancy_titles"))
    ]

    assert readers == []
