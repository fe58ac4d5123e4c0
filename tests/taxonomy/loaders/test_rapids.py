"""Occupations of registered apprenticeship."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.official import load_official
from taxonomy.loaders.rapids import load_apprenticeship_occupations
from taxonomy.loaders.source import Delivery, list_sources

Deliver = Callable[..., Delivery]
HEADER = "occupational_title,rapids_code,onet_code,term_length,type\n"


@pytest.mark.parametrize(
    ("row", "kind", "hours"),
    [
        ("ROOFER   ,0480,47-2181.00,4000,TB", "time_based", (4000, 4000)),
        ("TILE SETTER,0573R-HY,47-2044.00,6000-8000 ,HY", "hybrid", (6000, 8000)),
        ("AIR TRANSPORT PILOT,1046CB,53-2011.00,*CB,CB", "competency_based", (None, None)),
    ],
)
def test_the_term_is_hours_or_competency(deliver: Deliver, row: str, kind: str, hours: tuple[int, int]) -> None:
    (found,), report = load_apprenticeship_occupations(deliver("rapids", {"occupations.csv": f"{HEADER}{row}\n"}), {})

    assert (found.kind, found.term_hours_min, found.term_hours_max) == (kind, *hours)
    assert report.problems == []


def test_codes_of_2010_are_brought_to_todays(deliver: Deliver) -> None:
    delivery = deliver("rapids", {"occupations.csv": f"{HEADER}SUPPORT SPECIALIST,1131,15-1151.00,4000,TB\n"})

    (found,), _ = load_apprenticeship_occupations(delivery, {"15-1151.00": ("15-1231.00", "15-1232.00")})

    assert (found.onet_codes, found.onet_code_listed) == (("15-1231.00", "15-1232.00"), "15-1151.00")


def test_a_code_with_two_titles_keeps_both_and_an_exact_repeat_one(deliver: Deliver) -> None:
    text = HEADER + "ROOFER,0480,47-2181.00,4000,TB\nCARPENTER ROOFER,0480,47-2031.01,6000,TB\nROOFER,0480,x,4000,TB\n"

    found, report = load_apprenticeship_occupations(deliver("rapids", {"occupations.csv": text}), {})

    assert [o.title for o in found] == ["ROOFER", "CARPENTER ROOFER"]
    assert [(p.line, p.action) for p in report.problems] == [(3, "notice"), (4, "merged")]


@pytest.mark.official
def test_the_official_list_is_read_whole(official_data: Path) -> None:
    official = load_official([official_data / "credentials", official_data / "crosswalks"], list_sources())

    told = [p for p in official.problems if p.release == "rapids-2020" and p.column == "rapids_code"]
    assert len(official.tables["apprenticeship_occupations"]) == 1372
    assert len(told) == 15
    assert sum(len(o.onet_codes) > 1 for o in official.tables["apprenticeship_occupations"]) > 10
