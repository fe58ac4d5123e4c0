"""Titles as they stand in intake lists, over the official lexicon: what each means, and which are not asked about."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matching.resolve.index import derive_title_index
from matching.resolve.resolver import Resolver
from taxonomy.occupations import Title
from taxonomy.snapshot import Contents, Snapshot, write_snapshot
from tests.matching.resolve.test_official import DATA, official  # noqa: F401 - a fixture

STARTER = Path(__file__).parents[2] / "taxonomy" / "starter"

pytestmark = [
    pytest.mark.slow,  # the classifier of all official titles is learned first
    pytest.mark.official,
    pytest.mark.skipif(
        not (DATA / "onet_30_1").is_dir(), reason="the folder of official data is not beside the project"
    ),
]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (STARTER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.fixture(scope="module")
def resolver(official: Contents, tmp_path_factory: pytest.TempPathFactory) -> Resolver:  # noqa: F811
    """Over the official titles, our own lexicon, and the employment of the occupations we ship."""
    known = {row["onet_code"]: int(row["employment"]) for row in _rows("occupations.csv") if row["employment"]}
    contents = Contents(dict(official.tables))
    contents.tables["occupations"] = [
        replace(o, employment=known.get(o.onet_code)) for o in official.tables["occupations"]
    ]
    lexicon = [
        Title(r["text"], r["onet_code"], r["kind"], "ours") for r in _rows("titles.csv") if r["kind"] == "lexicon"
    ]
    contents.tables["titles"] = [*official.tables["titles"], *lexicon]
    contents.arrays.update(derive_title_index(contents))
    folder = tmp_path_factory.mktemp("intake") / "snapshot"
    write_snapshot(contents, folder)
    return Resolver.from_snapshot(Snapshot.open(folder))


# Titles that say what they are: the code, and no question to the person.
PLAIN = {
    "CNA": "31-1131", "C.N.A. at a nursing home": "31-1131", "RN": "29-1141", "LVN": "29-2061", "LPN": "29-2061",
    "pharm tech": "29-2052", "phlebotomist": "31-9097", "paramedic": "29-2043", "sterile processing tech": "31-9093",
    "dental asst": "31-9091", "medical assistant": "31-9092", "home health aide": "31-1121",
    "I took care of my grandma": "31-1122", "HVAC tech": "49-9021", "forklift driver at the warehouse": "53-7051",
    "cashier @ Walmart, nights": "41-2011", "CASHIER": "41-2011", "dishwasher": "35-9021",
    "bartender": "35-3011", "waitress": "35-3031", "barista": "35-3023", "school bus driver": "53-3051",
    "receptionist": "43-4171", "bank teller": "43-3071", "bookkeeper": "43-3031",
    "customer service rep": "43-4051", "paralegal": "23-2011", "security guard": "33-9032",
    "correctional officer": "33-3012", "welder": "51-4121", "machinist": "51-4041", "diesel mechanic": "49-3031",
    "plumber": "47-2152", "roofer": "47-2181", "construction laborer": "47-2061", "barber": "39-5011",
    "nail tech": "39-5092", "janitor": "37-2011", "nanny": "39-9011", "substitute teacher": "25-3031",
    "soldador": "51-4121", "cajera": "41-2011", "limpieza de casas": "37-2012", "mesera": "35-3031",
    "plomero": "47-2152", "lavaplatos": "35-9021", "recepcionista": "43-4171", "guardia de seguridad": "33-9032",
    "niñera": "39-9011", "11B infantryman": "55-3016",
}  # fmt: skip

# Titles that leave room: the first place has to be one of these, sure or not.
ROOMY = {
    "line cook": ("35-2014",),
    "truck driver": ("53-3032",),
    "enfermera": ("29-1141", "29-2061"),
    "CDL driver": ("53-3032",),
    "CDL class A OTR driver": ("53-3032",),
    "68W combat medic": ("29-2042", "29-2043", "55-3019"),
    "server": ("35-3031",),
    "server at Chili's": ("35-3031",),
    "caregiver": ("31-1122", "31-1121"),
    "overnight stocker": ("53-7065",),
    "warehouse associate @ Amazon": ("53-7065", "53-7062"),
    "picker packer": ("53-7065", "53-7064"),
    "package handler - FedEx": ("53-7062", "53-7064"),
    "medical biller": ("43-3021", "29-2072"),
    "teachers aide": ("25-9045", "25-9042", "25-9044", "25-9049"),
    "daycare teacher": ("39-9011", "25-2011"),
    "help desk": ("15-1232",),
    "auto mechanic": ("49-3023",),
    "electrician apprentice": ("47-2111", "47-3013"),
    "plumbers helper": ("47-3015",),
    "heavy equipment operator": ("47-2073",),
    "landscaping": ("37-3011",),
    "housekeeper at the Hilton": ("37-2012",),
    "maintenance man": ("49-9071",),
    "hair stylist": ("39-5012",),
    "data entry": ("43-9021",),
    "sales associate": ("41-2031",),
    "store manager": ("41-1011",),
    "assembly line worker": ("51-2092", "51-2090", "51-2099"),
    "CNC operator": ("51-9161", "51-4041"),
    "forklift oprator": ("53-7051",),
    "Sr. Administrative Asst.": ("43-6014", "43-6011"),
    "chofer de camion": ("53-3032", "53-3033"),
    "jardinero": ("37-3011",),
    "albañil": ("47-2021", "47-2022"),
    "mecanico": ("49-3023", "49-9041", "49-3031", "49-9071"),
    "88M truck driver": ("53-3032",),
    "31B military police": ("33-3051", "33-1012", "55-3019"),
}


@pytest.mark.parametrize(("title", "soc"), PLAIN.items())
def test_a_plain_title_of_intake_is_read_and_not_asked_about(
    resolver: Resolver,
    title: str,
    soc: str,
) -> None:
    found = resolver.resolve_title(title)

    assert (found.code or "")[:7] == soc
    assert not found.confirm


@pytest.mark.parametrize(("title", "codes"), ROOMY.items())
def test_a_roomy_title_of_intake_is_read_as_one_of_what_it_may_mean(
    resolver: Resolver,
    title: str,
    codes: tuple[str, ...],
) -> None:
    assert (resolver.resolve_title(title).code or "")[:7] in codes


@pytest.mark.parametrize("title", ["associate", "worker", "tech", "operator"])
def test_a_title_that_names_no_trade_is_never_sure(resolver: Resolver, title: str) -> None:
    found = resolver.resolve_title(title)

    assert found.code is None or found.confirm


@pytest.mark.parametrize(
    ("title", "duties", "codes"),
    [
        ("team member", "took orders, worked the register and made burgers", ("35-3023", "35-2011", "41-2011")),
    ],
)
def test_duties_say_what_a_vague_title_means(
    resolver: Resolver,
    title: str,
    duties: str,
    codes: tuple[str, ...],
) -> None:
    found = resolver.resolve_title(title, duties)

    assert (found.candidates[0].code)[:7] in codes
