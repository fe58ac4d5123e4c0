"""The headers of replies as the OpenAPI document tells them, so that a generated client can read them by name."""

from typing import Any

Json = dict[str, Any]

_SAID = {
    "Allow": ("Every method of this address", "GET, HEAD"),
    "Content-Language": ("Language of the sentences", "en"),
    "ETag": ("Changes when the content does; `If-None-Match` saves sending it, `If-Match` a change to it", '"v1"'),
    "Idempotency-Replayed": ("Only where the request had been done before: this is its first reply", "true"),
    "Link": ("The next page, where there is one", '</v1/programs?cursor=WyJhIl0>; rel="next"'),
    "Location": ("Address of what was made", "/v1/matches/7c1e9f0a-5d3b-4b7e-8a55-2f64f3c0d911"),
    "RateLimit": (
        "With a key: requests left (r), and seconds until there is one more (t)",
        '"key";r=9;t=1',
    ),
    "RateLimit-Policy": ("With a key: how many requests (q) in how many seconds (w)", '"key";q=600;w=60'),
    "Retry-After": ("Seconds to wait before it is worth asking again", "1"),
    "WWW-Authenticate": ("How to be known, and which right is lacking", 'Bearer realm="stackway"'),
    "X-Match-Id": ("Id of the kept answer", "7c1e9f0a-5d3b-4b7e-8a55-2f64f3c0d911"),
    "X-Method-Version": ("Version of the method it was made with", "0.1.0"),
    "X-Snapshot": ("Digest of the data it was made from; `/v1/sources` tells what is in it", "0" * 64),
    "X-Request-Id": ("Names this request in the log and the audit", "0b3eed74e5b84f18abc0ac5ea339b20a"),
}
_MADE = frozenset({"201", "202"})
_OF_FAULTS = {
    "401": ("WWW-Authenticate",),
    "403": ("WWW-Authenticate",),
    "405": ("Allow",),
    "429": ("Retry-After",),
    "503": ("Retry-After",),
}
_BEFORE_IT_IS_KNOWN_WHO_ASKS = frozenset({"401", "403", "405", "406", "429"})
_PAGED = frozenset({"cursor", "after"})
_SPOKEN = frozenset({"accept-language"})
_OF_THE_DATA = frozenset({"look-ups", "words", "eligibility"})  # tags whose bodies do not name it
_ANSWERS = frozenset({"create_match", "create_seeker_match"})


def components() -> Json:
    """What each header is, for `components.headers`."""
    return {
        name: {"description": said, "schema": {"type": "string"}, "example": example}
        for name, (said, example) in _SAID.items()
    }


def describe(operation: Json) -> None:
    """Say which headers the replies of an operation may have."""
    asked = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    for status, response in operation["responses"].items():
        names = {"X-Request-Id", *_OF_FAULTS.get(status, ())}
        if "security" in operation:
            names |= {"RateLimit", "RateLimit-Policy"}
        if _OF_THE_DATA & set(operation.get("tags", ())) and status not in _BEFORE_IT_IS_KNOWN_WHO_ASKS:
            names |= {"X-Snapshot", "X-Method-Version"}
        if status.startswith("2"):
            names |= _of_success(operation["operationId"], status, response, asked)
        headers = response.setdefault("headers", {})
        headers.update({name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)})


def _of_success(operation_id: str, status: str, response: Json, asked: set[str]) -> set[str]:
    names = {"ETag"} if "application/json" in response.get("content", {}) else set()
    if asked & _PAGED:
        names.add("Link")
    if asked & _SPOKEN:
        names.add("Content-Language")
    if "idempotency-key" in asked:
        names.add("Idempotency-Replayed")
    if status in _MADE:
        names |= {"Location", "X-Match-Id"} if operation_id in _ANSWERS else {"Location"}
    return names
