"""What a request says of itself beside its body: `Idempotency-Key`, and `If-Match` on a change."""

import re
from typing import Annotated

import orjson
from fastapi import Depends, Header, Request

from app.api.body import JsonBody
from app.errors import FieldError, InvalidInputError, PreconditionFailedError, PreconditionRequiredError
from app.services.ledger import Once
from app.services.tags import State

_KEY = re.compile(r'"?([!#-~]{1,255})"?')
_VERSION = re.compile(r'"v([0-9]{1,9})"')
KeyHeader = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=257,
        description="Any word of the caller's own for this request. Sent again within 24 h, the request is not done "
        "again: the first reply comes back with `Idempotency-Replayed: true`",
    ),
]


def version_tag(version: int) -> str:
    """The ETag of a version."""
    return f'"v{version}"'


def tag_of_record(record: bytes) -> str:
    """The ETag of a record as it was when these bytes were made of it: the one that a change of it is to name."""
    return version_tag(orjson.loads(record)["version"])


async def _once(
    request: Request,
    body: JsonBody,
    idempotency_key: KeyHeader = None,
) -> Once | None:
    return once_of(request, idempotency_key, body)


async def _once_without_body(
    request: Request,
    idempotency_key: KeyHeader = None,
) -> Once | None:
    return once_of(request, idempotency_key, None)


def once_of(request: Request, key: str | None, body: object) -> Once | None:
    """What makes the request the same as another one, where it has a key.

    Raises:
        InvalidInputError: the key has a form that no key has.
    """
    if key is None:
        return None
    named = _KEY.fullmatch(key)
    if named is None:
        remedy = "give 1 to 255 visible ASCII characters without spaces"
        fault = FieldError("/header/Idempotency-Key", "wrong_format", "is not a key that can be used", remedy)
        raise InvalidInputError("The request has faults; see errors.", errors=(fault,))
    query = sorted(request.query_params.multi_items())
    sent = orjson.dumps([query, body], option=orjson.OPT_SORT_KEYS)
    return Once(named[1], f"{request.method} {request.url.path}", sent)


async def _version(
    if_match: Annotated[
        str | None, Header(max_length=200, description="ETag of the record as it was read; `*`: whichever it is now")
    ] = None,
) -> int | None:
    if if_match is None:
        raise PreconditionRequiredError
    if if_match.strip() == "*":
        return None
    named = _VERSION.fullmatch(if_match.strip())
    if named is None:
        raise PreconditionFailedError
    return int(named[1])


async def _state(
    if_match: Annotated[
        str | None, Header(max_length=200, description="ETag of the record as it was read; `*`: whichever it is now")
    ] = None,
    if_none_match: Annotated[
        str | None, Header(max_length=200, description="`*`: only where there is none yet")
    ] = None,
) -> State:
    if if_match is None and if_none_match is not None and if_none_match.strip() == "*":
        return State(absent=True)
    return State(await _tag(if_match))


async def _tag(
    if_match: Annotated[
        str | None, Header(max_length=200, description="ETag of the record as it was read; `*`: whichever it is now")
    ] = None,
) -> str | None:
    if if_match is None:
        raise PreconditionRequiredError
    tag = if_match.strip()
    return None if tag == "*" else tag


OnceDep = Annotated[Once | None, Depends(_once)]
OnceWithoutBodyDep = Annotated[Once | None, Depends(_once_without_body)]
VersionDep = Annotated[int | None, Depends(_version)]
TagDep = Annotated[str | None, Depends(_tag)]  # of a record whose ETag comes from its bytes; None: of whichever
StateDep = Annotated[State, Depends(_state)]
