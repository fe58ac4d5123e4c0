"""Records: frozen dataclasses with slots, whose classes are made in a quarter of the time.

The standard library writes six methods of each such class as text and compiles them one by one. A process that answers
has three hundred of these classes, and spent a seventh of its start on that. Here `__init__` alone is compiled for
each; the other methods are the same for all.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")

_fields_and_slots = dataclass(init=False, repr=False, eq=False, slots=True)


@overload
def frozen(cls: type[T], /) -> type[T]: ...


@overload
def frozen(*, eq: bool) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(cls: type[T] | None = None, /, *, eq: bool = True) -> type[T] | Callable[[type[T]], type[T]]:
    """A class of records, as `dataclass(frozen=True, slots=True)` makes it; `fields`, `replace` and the like read it.

    Args:
        cls: says the fields, their order and defaults.
        eq: whether records with equal fields are equal, and hashed so; without it each is equal to itself alone.
    """
    return _making(eq=eq) if cls is None else _making(eq=eq)(cls)


def names_of(records: Any) -> tuple[str, ...]:  # noqa: ANN401 # a record, or a class of them
    """Names of the fields that the class itself has, in their order; at hand, where `fields` looks for them."""
    names: tuple[str, ...] = records.__slots__
    return names


def _making(*, eq: bool) -> Callable[[type[T]], type[T]]:
    def make(given: type[T]) -> type[T]:
        cls = _fields_and_slots(given)
        methods = {**_OF_ALL, **(_equality(cls) if eq else {}), "__init__": _init(cls)}
        for name, method in methods.items():
            if name not in given.__dict__:
                setattr(cls, name, method)
        return cls

    return make


def _init(cls: type[Any]) -> Callable[..., None]:
    """`__init__`, whose parameters are the fields; it fills the slots directly.

    Raises:
        TypeError: something is asked for that only dataclasses know, or cannot be.
    """
    given = fields(cls)
    optional = [f.default is not MISSING or f.default_factory is not MISSING for f in given]
    if any(not f.init or f.kw_only for f in given) or optional != sorted(optional):
        raise TypeError(f"{cls.__qualname__} has fields that are not given in order: make it a dataclass")
    known: dict[str, Any] = {"_MISSING": MISSING}
    lines = [f"def __init__({', '.join(['self', *(f.name for f in given)])}):"]
    for place, f in enumerate(given):
        known |= {f"_set_{place}": getattr(cls, f.name).__set__, f"_make_{place}": f.default_factory}
        if f.default_factory is not MISSING:
            lines.append(f"    if {f.name} is _MISSING: {f.name} = _make_{place}()")
        lines.append(f"    _set_{place}(self, {f.name})")
    lines.append("    self.__post_init__()" if hasattr(cls, "__post_init__") else "    pass")
    exec("\n".join(lines), known)  # noqa: S102 # the names of fields, which the compiler has taken already
    init: Callable[..., None] = known["__init__"]
    init.__defaults__ = tuple(f.default for f in given[optional.count(False) :])
    init.__qualname__ = f"{cls.__qualname__}.{init.__name__}"
    return init


def _equality(cls: type[Any]) -> dict[str, Any]:
    names = [f.name for f in fields(cls) if f.compare]
    read = attrgetter(*names) if names else lambda _: ()
    values = read if len(names) != 1 else lambda self: (read(self),)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 # put on the class
        if self is other:
            return True
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 # likewise
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _repr(self: Any) -> str:  # noqa: ANN401 # of any class of records, as below
    told = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 # as it is called
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:  # noqa: ARG001 # likewise
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401
    return [getattr(self, f.name) for f in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401
    for f, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)


_OF_ALL = {
    "__repr__": _repr,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
