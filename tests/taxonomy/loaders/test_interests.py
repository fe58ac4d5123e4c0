"""O*NET's interest high points become Holland letters, in their order."""

from dataclasses import replace

from taxonomy.loaders.interests import add_interests
from taxonomy.loaders.starter import load_starter
from taxonomy.onet_reference import ElementRating

NURSE, CLERK = "29-1141.00", "43-6014.00"


def high_point(code: str, element: str, value: float, scale: str = "IH") -> ElementRating:
    return ElementRating(code, element, scale, None, value, None, None, "test")


def test_the_high_points_give_the_letters_in_order_and_none_means_fewer_letters() -> None:
    occupations = [replace(o, interests=None) for o in load_starter().contents.tables["occupations"]]
    ratings = [
        high_point(NURSE, "1.B.1.h", 2.0),
        high_point(NURSE, "1.B.1.g", 4.0),
        high_point(NURSE, "1.B.1.i", 6.0),
        high_point(CLERK, "1.B.1.g", 6.0),
        high_point(CLERK, "1.B.1.h", 0.0),
        high_point(CLERK, "1.B.1.a", 5.0, scale="OI"),
    ]

    letters = {o.onet_code: o.interests for o in add_interests(occupations, ratings)}

    assert (letters[NURSE], letters[CLERK]) == ("SIC", "C")
    assert {code for code, found in letters.items() if found} == {NURSE, CLERK}


def test_the_starter_set_holds_the_letters_of_the_same_edition() -> None:
    letters = {o.onet_code: o.interests for o in load_starter().contents.tables["occupations"]}

    assert (letters[NURSE], letters[CLERK]) == ("SIC", "CES")
    assert all(set(found) <= set("RIASEC") for found in letters.values() if found)
