"""Sentences by name, in the catalogues `en.toml` and `es.toml` beside this file."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, cast

LANGUAGES = ("en", "es")

T = TypeVar("T")


class Said(str):
    """A sentence in English that knows which sentence it is, so that it can be said in another language.

    `key` is its name in the catalogues and `values` are its figures and names; a text of several sentences has its
    `parts` instead.
    """

    __slots__ = ("key", "parts", "separator", "values")

    key: str
    values: Mapping[str, object]
    parts: tuple[str, ...]
    separator: str


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Templates by name in one language."""
    text = files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield prefix + name, value
        else:
            yield from _flat(value, f"{prefix}{name}.")


def say(key: str, /, **values: object) -> Said:
    """A sentence of the catalogues with its figures.

    Raises:
        KeyError: the catalogues have no such sentence, or it needs a figure that was not given.
    """
    said = Said(catalogue("en")[key].format(**values))
    said.key, said.values, said.parts, said.separator = key, values, (), ""
    return said


def together(parts: Sequence[str], separator: str = " ") -> Said:
    """Several sentences as one text."""
    said = Said(separator.join(parts))
    said.key, said.values, said.parts, said.separator = "", {}, tuple(parts), separator
    return said


def in_language(document: T, language: str) -> T:
    """The same document with every sentence in a language; names, titles and what the person wrote stay as they are.

    A record with a field `language` names the language there.
    """
    if language == LANGUAGES[0]:
        return document
    put = _put(document, catalogue(language))
    if is_dataclass(put) and not isinstance(put, type) and hasattr(put, "language"):
        put = replace(put, language=language)
    return cast("T", put)


def _put(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, Said):
        return _translated(value, words)
    if isinstance(value, tuple):
        return tuple(_put(part, words) for part in value)
    if isinstance(value, dict):
        return {name: _put(part, words) for name, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _put(getattr(value, f.name), words) for f in fields(value)})
    return value


def _translated(said: Said, words: Mapping[str, str]) -> str:
    if said.parts:
        return str(_put(said.separator, words)).join(str(_put(part, words)) for part in said.parts)
    return words[said.key].format(**{name: _put(value, words) for name, value in said.values.items()})
