"""A frozen record behaves as the dataclass that says the same does."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.frozen import frozen, names_of

Decorator = Callable[[type[Any]], type[Any]]


def declared(decorate: Decorator) -> type[Any]:
    @decorate
    class Course:
        """One that is offered."""

        name: str
        weeks: int | None
        tags: list[str] = field(default_factory=list)
        seen: float = field(default=0.0, compare=False, repr=False)

        @property
        def is_long(self) -> bool:
            return (self.weeks or 0) > 26

    return Course


Course, Plain = declared(frozen), declared(dataclass(frozen=True, slots=True))

_FIELDS = st.fixed_dictionaries(
    {"name": st.sampled_from(["a", "b"]), "weeks": st.none() | st.integers(30, 31)},
    optional={"tags": st.lists(st.sampled_from("xy"), max_size=1), "seen": st.sampled_from([1.0, 2.0])},
)


@frozen
class Kept:
    """At the top of the module, where pickle finds it."""

    code: str
    parts: tuple[int, ...] = ()


@frozen
class KeptLonger(Kept):
    """One with a field more."""

    days: int = 30


@given(_FIELDS, _FIELDS)
def test_records_are_filled_compared_and_shown_as_the_dataclass_is(one: dict[str, Any], other: dict[str, Any]) -> None:
    records, plain = (Course(**one), Course(**other)), (Plain(**one), Plain(**other))

    assert [asdict(record) for record in records] == [asdict(record) for record in plain]
    assert (records[0] == records[1]) == (plain[0] == plain[1])
    assert [repr(record) for record in records] == [repr(record) for record in plain]
    assert [record.is_long for record in records] == [record.is_long for record in plain]
    assert asdict(replace(records[0], weeks=7)) == asdict(replace(plain[0], weeks=7))
    assert [orjson.dumps(record) for record in records] == [orjson.dumps(record) for record in plain]


def test_places_names_defaults_and_faults_of_the_arguments_are_those_of_the_dataclass() -> None:
    assert Course("a", 3, ["x"], 1.0) == Course(name="a", seen=2.0, tags=["x"], weeks=3)
    assert Course("a", 3).tags == []
    assert Course("a", 3).tags is not Course("a", 3).tags
    for given_ in ({"name": "a"}, {"name": "a", "weeks": 3, "price": 4}):
        faults = []
        for kind in (Course, Plain):
            with pytest.raises(TypeError) as caught:
                kind(**given_)
            faults.append(str(caught.value))
        assert faults[0] == faults[1]


@given(_FIELDS)
def test_nothing_of_a_record_can_be_set_or_deleted(given_: dict[str, Any]) -> None:
    record = Course(**given_)

    for name in ("name", "seen", "unheard_of"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(record, name, "b")
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(record, name)
    assert not hasattr(record, "__dict__")


def test_equal_records_have_one_hash_and_other_kinds_are_never_equal() -> None:
    assert hash(Kept("a", (1,))) == hash(Kept("a", (1,)))
    assert len({Kept("a"), Kept("a", ()), Kept("b")}) == 2
    assert Kept("a") != KeptLonger("a")
    assert Kept("a") != ("a", ())
    with pytest.raises(TypeError, match="unhashable"):
        hash(Course("a", 3))  # a list is in it


def test_a_record_that_is_told_apart_by_identity_equals_itself_alone() -> None:
    @frozen(eq=False)
    class Column:
        """Values."""

        values: list[int]

    one, same = Column([1]), Column([1])

    assert one != same
    assert len({one, one, same}) == 2


@pytest.mark.parametrize("record", [Kept("a", (1, 2)), KeptLonger("b", days=3)], ids=repr)
def test_a_record_is_pickled_and_copied_whole(record: Kept) -> None:
    for again in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):  # noqa: S301 # ours
        assert again == record
        assert type(again) is type(record)


def test_fields_of_the_kind_above_come_first() -> None:
    assert [f.name for f in fields(KeptLonger)] == ["code", "parts", "days"]
    assert KeptLonger("a", (1,), 2).days == 2
    assert is_dataclass(KeptLonger)
    assert names_of(Kept) == names_of(Kept("a")) == ("code", "parts")


def test_what_a_class_says_itself_stands_and_what_it_does_after_is_done() -> None:
    @frozen
    class Checked:
        """A number."""

        number: int

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError("negative")

        def __repr__(self) -> str:
            return f"no. {self.number}"

    assert repr(Checked(3)) == "no. 3"
    with pytest.raises(ValueError, match="negative"):
        Checked(-1)


def test_what_only_dataclasses_know_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(TypeError, match="make it a dataclass"):

        @frozen
        class Late:
            """One field is filled later."""

            later: int = field(init=False)

    with pytest.raises(TypeError, match="make it a dataclass"):

        @frozen
        class Named:
            """One field has to be named."""

            number: int = field(kw_only=True)

    with pytest.raises(TypeError, match="make it a dataclass"):

        @frozen
        class Backward:
            """The field that may be left out comes first."""

            often: int = 1
            name: str


def test_a_record_without_fields_is_one() -> None:
    @frozen
    class Nothing:
        """No field."""

    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert repr(Nothing()).endswith("Nothing()")
