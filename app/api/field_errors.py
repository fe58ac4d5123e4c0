"""pydantic's findings in our words: field, kind of value, remedy, and never the value."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.errors import FieldError

# An unknown key is shown only when it looks like a field name: a key can hold a person's words as well as a value can.
_FIELD_NAME = re.compile(r"[a-z]{1,20}(_[a-z]{1,20}){0,4}")

_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}

_WANTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "date_from_datetime_parsing": "a date as YYYY-MM-DD",
    "date_parsing": "a date as YYYY-MM-DD",
    "dict_type": "an object",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "an object",
    "string_type": "text",
    "uuid_parsing": "an id as Location gave it",
}

# A name and no address: its last part begins with a letter, so that no way to write a number passes.
HOST_PATTERN = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?(:[1-9][0-9]{0,4})?$"

_PATTERNS = {
    r"^[0-9]{5}$": "a ZIP code of five digits",
    r"^[a-z0-9][a-z0-9-]{0,62}$": "the name of a board: small letters, digits and hyphens",
    HOST_PATTERN: "the name of a host in small letters, with :port where that is not 443",
    r"^https://[!-~]+$": "an https address",
    r"^[A-Z]{2}$": "a state's postal code in capitals, such as TX",
    r"^[a-z]{2,3}$": "a language code of two or three small letters, such as es",
    r"^[RIASEC]{1,6}$": "one to six of the letters R I A S E C",
    r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$": "an O*NET code such as 31-1131.00",
    r"^[^\x00]*$": "text without NUL characters",
    r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$": "a month as YYYY-MM",
}

_BOUNDS = {
    "greater_than": ("gt", "more than {}"),
    "greater_than_equal": ("ge", "{} or more"),
    "less_than": ("lt", "less than {}"),
    "less_than_equal": ("le", "{} or less"),
}

_LENGTHS = {
    "string_too_long": ("too_long", "too long", "give at most {} characters"),
    "too_long": ("too_long", "too long", "give at most {} entries"),
    "string_too_short": ("empty", "empty", "leave the field out, or give null, when it is not known"),
    "too_short": ("empty", "empty", "leave the field out, or give null, when it is not known"),
}

_FIXED = {
    "extra_forbidden": (
        "unknown_field",
        "is not a field known here",
        "remove it, or correct its name (see /openapi.json)",
    ),
    "missing": ("missing", "is needed and absent", "give it, or leave out the object it belongs to"),
    "finite_number": ("out_of_range", "is a number that is not finite", "give a finite number"),
    "no_such_day": (
        "out_of_range",
        "is a day that is not in the calendar",
        "give a day that exists, or only year and month",
    ),
    "job_unnamed": ("missing", "is a job without a name", "give its title, its onet_code or its duties"),
    "changes_of_an_edit": (
        "inconsistent",
        "is an edit without changes, or has changes without being an edit",
        "give changes with `edit` and only with it",
    ),
    "unsafe_address": ("wrong_format", "is not an https address", "give an https address"),
    "no_json": ("wrong_format", "is not valid JSON", "write it as its description shows"),
    "no_network": ("wrong_format", "is not a network", "give one such as 10.20.0.0/16, as its first address"),
    "empty_profile": (
        "empty_profile",
        "says nothing of what the person can do",
        "give at least one of work_history, skills, credentials, education",
    ),
}


def field_errors(error: ValidationError) -> tuple[FieldError, ...]:
    """Every fault of a profile, in the order of its fields."""
    return from_details(error.errors(include_url=False))


def from_details(details: Iterable[Any]) -> tuple[FieldError, ...]:
    """The same from pydantic's details, which the web framework hands on for addresses and queries."""
    return tuple(_field_error(detail) for detail in details)


def _field_error(detail: ErrorDetails) -> FieldError:
    code, message, remedy = _explain(detail["type"], detail.get("ctx", {}), detail["input"])
    location = detail["loc"]
    if detail["type"] == "extra_forbidden" and not _FIELD_NAME.fullmatch(str(location[-1])):
        location = location[:-1]
    return FieldError(pointer(location), code, message, remedy)


def pointer(location: tuple[int | str, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)


def _explain(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str, str]:
    """Code, message and remedy of one kind of fault."""
    given = _kind(value)
    if kind in _FIXED:
        return _FIXED[kind]
    if kind in _WANTED:
        wanted = _wanted(kind, context)
        return "wrong_kind", f"is {given}, must be {wanted}", f"give {wanted}"
    if kind in _BOUNDS or kind in _LENGTHS:
        return _explain_limit(kind, context, given)
    if kind in ("literal_error", "enum"):
        return "not_an_option", f"is {given} that is not an option", f"give one of {context['expected']}"
    if kind == "string_pattern_mismatch":
        wanted = _PATTERNS.get(context["pattern"], "a date as YYYY-MM or YYYY-MM-DD")
        return "wrong_format", f"is text, but not {wanted}", f"give {wanted}"
    return "invalid", f"is {given} that cannot be used here", "see /openapi.json for what this field holds"


def _explain_limit(kind: str, context: Mapping[str, Any], given: str) -> tuple[str, str, str]:
    if kind in _LENGTHS:
        code, word, remedy = _LENGTHS[kind]
        return code, f"is {given} that is {word}", remedy.format(context.get("max_length"))
    key, words = _BOUNDS[kind]
    limit = context[key]
    bound = words.format(f"{limit:,}" if isinstance(limit, int | float) else limit)  # a limit may be a day
    return "out_of_range", f"is out of range, must be {bound}", f"give a value that is {bound}"


def _wanted(kind: str, context: Mapping[str, Any]) -> str:
    # Whoever writes a bare value for a constraint learns its shape.
    return 'an object {"value": ..., "hard": ...}' if "ConstraintIn" in context.get("class_name", "") else _WANTED[kind]


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a value")
