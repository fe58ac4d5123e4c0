"""The group a rate is drawn towards: the likest that has a record, and never other people while there are the same."""

import pytest

from matching.evidence.peers import Peers
from taxonomy.programs import PeerRate


def peer(group: str, award: str | None, population: str | None = "exiters", people: int = 100) -> PeerRate:
    name = f"{group} {award} {population} {people}"
    return PeerRate("completion", group, 6.0, 4.0, 9, people, "OH", "2025", name, "oh-1", award, population)


FIELD_AND_AWARD, FIELD, AWARD, ALL = peer("51", "license"), peer("51", None), peer("all", "license"), peer("all", None)


@pytest.mark.parametrize(
    ("held", "nearest"),
    [
        ([FIELD_AND_AWARD, FIELD, AWARD, ALL], FIELD_AND_AWARD),
        ([FIELD, AWARD, ALL], FIELD),
        ([AWARD, ALL], AWARD),
        ([ALL], ALL),
        ([peer("52", "license"), peer("51", "associate")], None),
        ([], None),
    ],
)
def test_the_likest_group_with_a_record_is_taken(held: list[PeerRate], nearest: PeerRate | None) -> None:
    assert Peers(held).nearest("completion", "51", "license", "exiters") == nearest


def test_a_program_whose_award_is_not_known_is_compared_with_its_whole_field() -> None:
    assert Peers([FIELD_AND_AWARD, FIELD, ALL]).nearest("completion", "51", None, "exiters") == FIELD


def test_the_same_people_in_a_wide_group_come_before_other_people_in_a_narrow_one() -> None:
    others = peer("51", "license", "completers", people=9_000)

    assert Peers([others, ALL]).nearest("completion", "51", "license", "exiters") == ALL
    assert Peers([others]).nearest("completion", "51", "license", "exiters") == others


def test_without_counts_of_its_own_the_most_people_speak() -> None:
    small, large = peer("51", None, "wioa", people=60), peer("51", None, "all_students", people=6_000)

    assert Peers([large, small]).nearest("completion", "51", None) == large


def test_rates_of_an_older_snapshot_count_anybody() -> None:
    old = peer("51", None, population=None)

    assert Peers([old]).nearest("completion", "51", "license", "wioa") == old
