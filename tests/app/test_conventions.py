"""What integrators may rely on everywhere, asked of every operation of the description, whichever there are."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import MakeKey, client_of
from tests.app.test_access_of_boards import NOBODY, WORD, Operation, keep_one_of_each, operations

# POST because what they are asked has no place in an address. They keep nothing: done twice, they are done once, and a
# key that a client sends with every POST is neither refused nor kept (CONTRIBUTING.md says why).
ASKS_ONLY = {"search_seekers", "screen_eligibility", "explain_match", "resolve_words", "suggest_names"}
# They wait until rows are answered, or last as long as somebody watches.
OF_A_LIST_THAT_IS_DONE = {"list_batch_errors", "list_batch_results", "correct_batch"}
OF_WHAT_WAS_GIVEN_UP = {"send_webhook_delivery_again"}  # some thirty hours after it was sent first
STREAMS = {"watch_batch"}
# Tags of what is made of the data, and of what was.
MADE_OF_THE_DATA = {"matches", "words", "eligibility", "look-ups"}
JSON = "application/json"

Described = dict[str, dict[str, Any]]
Headers = dict[str, str]


@pytest.fixture
def described(keyed: TestClient) -> Described:
    """What the description says of each operation, by its name."""
    paths = keyed.get("/openapi.json").json()["paths"]
    return {said["operationId"]: said for methods in paths.values() for said in methods.values()}


@pytest.fixture
def key(make_key: MakeKey) -> Headers:
    return make_key("alamo")


@pytest.fixture
def made(keyed: TestClient, key: Headers) -> dict[str, str]:
    """A record of every kind."""
    return keep_one_of_each(keyed, key)


def _of(client: TestClient, *methods: str) -> list[Operation]:
    return [operation for operation in operations(client) if operation.method in methods]


def _asked(operation: Operation, made: dict[str, str]) -> str:
    """Its address, with a query that keeps a stream short."""
    return operation.address(made) + ("?seconds=0" if operation.name in STREAMS else "")


def _wrongly(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ways to ask what must be refused, each with a word that no reply may quote."""
    nobody = operation.address({})
    yield nobody, {"headers": {"Authorization": f"Bearer {WORD}"}}
    yield f"{nobody}{'&' if '?' in nobody else '?'}{WORD}={WORD}&limit={WORD}&as_of={WORD}&seconds={WORD}", {}
    if operation.names:
        yield operation.path.format_map(dict.fromkeys(operation.names, WORD)), {"headers": {"If-Match": WORD}}
    yield nobody, {"headers": {"Accept": f"text/{WORD}"}}
    if operation.body:
        yield nobody, {"content": f'{{"{WORD}": ', "headers": {"Content-Type": JSON}}
        yield nobody, {"content": json.dumps({WORD: WORD}), "headers": {"Content-Type": JSON, "If-Match": "*"}}
        yield nobody, {"content": WORD, "headers": {"Content-Type": f"text/{WORD}"}}
        yield nobody, {"content": WORD * 100_000, "headers": {"Content-Type": JSON, "If-Match": "*"}}
    yield nobody, {"headers": {"If-Match": f'"{WORD}"', "Idempotency-Key": f"{WORD} {WORD}"}}


def test_1_whatever_is_refused_is_told_as_a_problem_that_quotes_nothing(keyed: TestClient, key: Headers) -> None:
    refused = 0
    for operation in operations(keyed):
        for address, sent in _wrongly(operation):
            reply = keyed.request(operation.method, address, **{**sent, "headers": {**key, **sent.get("headers", {})}})
            if reply.is_success:
                continue
            problem = reply.json()
            assert reply.headers["content-type"] == "application/problem+json", (operation.name, sent)
            assert reply.status_code == problem["status"] < 500, (operation.name, sent)
            assert problem.keys() >= {"type", "title", "detail", "errors", "request_id"}, operation.name
            assert all(fault.keys() == {"pointer", "code", "detail", "remedy"} for fault in problem["errors"])
            assert WORD not in reply.text + str(reply.headers), (operation.name, sent)
            refused += 1
    assert refused >= 250


def test_2_a_refused_method_is_answered_with_all_the_methods_of_its_path(keyed: TestClient) -> None:
    paths = keyed.get("/openapi.json").json()["paths"]
    for path, methods in paths.items():
        known = {method.upper() for method in methods} | ({"HEAD"} if "get" in methods else set())
        address = path.format_map(defaultdict(lambda: NOBODY))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
            reply = keyed.request(method, address)
            assert reply.status_code == 405, (method, path)
            assert set(reply.headers["allow"].split(", ")) == known, (method, path)


def test_2_head_is_served_wherever_get_is(keyed: TestClient, key: Headers, made: dict[str, str]) -> None:
    for operation in _of(keyed, "GET"):
        address = _asked(operation, made)
        get, head = (keyed.request(method, address, headers=key) for method in ("GET", "HEAD"))
        assert head.status_code == get.status_code, operation.name
        assert head.content == b"", operation.name
        assert head.headers["content-type"] == get.headers["content-type"], operation.name


def test_3_a_body_of_another_kind_is_415_one_that_is_no_json_400_and_one_that_says_nonsense_422(
    keyed: TestClient, key: Headers, made: dict[str, str]
) -> None:
    for operation in operations(keyed):
        if not operation.body or operation.name in OF_A_LIST_THAT_IS_DONE:
            continue
        address, condition = operation.address(made), {**key, "If-Match": "*"}

        def sent(kind: str, body: str, operation: Operation = operation, headers: Headers = condition) -> Any:  # noqa: ANN401 # a reply
            return keyed.request(
                operation.method, operation.address(made), content=body, headers={**headers, "Content-Type": kind}
            )

        other = sent("application/x-www-form-urlencoded", "a=b")
        assert other.status_code == 415, address
        assert operation.media_type in other.headers["accept-post"], address
        if operation.media_type == JSON:
            assert sent(JSON, "{").status_code == 400, address
            assert [sent(JSON, body).status_code for body in ("[]", '{"x": 1}', "null")] == [422] * 3, address


def test_5_every_record_has_an_etag_and_is_not_sent_again_to_who_has_it(
    keyed: TestClient, key: Headers, made: dict[str, str]
) -> None:
    for operation in _of(keyed, "GET"):
        if not operation.path.startswith("/v1"):
            continue
        reply = keyed.get(_asked(operation, made), headers=key)
        if not reply.is_success or reply.headers["content-type"] != JSON:
            continue
        again = keyed.get(_asked(operation, made), headers={**key, "If-None-Match": reply.headers["etag"]})
        if operation.name != "list_audit_events":  # it has grown by what was just read
            assert (again.status_code, again.content) == (304, b""), operation.name


def test_5_every_change_says_which_version_it_is_a_change_of(
    keyed: TestClient, key: Headers, made: dict[str, str], described: Described
) -> None:
    changes = _of(keyed, "PUT", "PATCH", "DELETE")

    for operation in changes:
        headers = {**key, "Content-Type": operation.media_type}
        statuses = [
            keyed.request(
                operation.method, operation.address(made), content=operation.body, headers={**headers, **condition}
            )
            for condition in ({}, {"If-Match": '"v999"'}, {"If-Match": '"0123"'})
        ]
        assert [reply.status_code for reply in statuses] == [428, 412, 412], operation.name
        assert {"412", "428"} <= described[operation.name]["responses"].keys(), operation.name
    assert len(changes) >= 8


def test_6_every_post_that_keeps_something_is_done_once_however_often_it_is_sent(
    keyed: TestClient, key: Headers, made: dict[str, str], described: Described
) -> None:
    once = {**key, "Idempotency-Key": "again"}
    plan = keyed.get(f"/v1/matches/{made['match_id']}", headers=key).json()["plans"][0]["id"]
    for operation in _of(keyed, "POST"):
        takes = any(p["name"].lower() == "idempotency-key" for p in operation.parameters)
        assert takes != (operation.name in ASKS_ONLY), operation.name
        if not takes or operation.name in OF_A_LIST_THAT_IS_DONE | OF_WHAT_WAS_GIVEN_UP:
            continue
        if operation.name == "create_review_result":  # the one there is has its result
            where = f"/v1/matches/{made['match_id']}/review-requests"
            asked = keyed.post(where, json={"asked_by": "x", "reason": "x"}, headers=key).json()["id"]
            made = {**made, "review_id": asked}
        body = operation.body.replace('"p-1"', f'"{plan}"')
        headers = {**once, "Content-Type": operation.media_type}
        first, again = (keyed.post(operation.address(made), content=body, headers=headers) for _ in range(2))
        assert first.is_success, (operation.name, first.text)
        assert (again.status_code, again.content) == (first.status_code, first.content), operation.name
        assert "idempotency-replayed" not in first.headers, operation.name
        assert again.headers["idempotency-replayed"] == "true", operation.name
        assert again.headers.get("location") == first.headers.get("location"), operation.name
        assert {"409", "422"} <= described[operation.name]["responses"].keys(), operation.name
        if body and operation.media_type == JSON:
            other = keyed.post(operation.address(made), json=_otherwise(json.loads(body)), headers=headers)
            assert (other.status_code, other.json()["type"]) == (422, "urn:stackway:problem:idempotency_key_reused")


def _otherwise(body: dict[str, Any]) -> dict[str, Any]:
    """Another body that may be sent as well."""
    for name, value in {
        "reference": "B-2",
        "reason": "x",
        "referred_by": "x",
        "hours_per_week": 1,
        "enabled": False,
        "overlap_hours": 1,
    }.items():
        if name in body:
            return {**body, name: value}
    raise AssertionError("say here how a body of this kind may differ")


def test_7_every_list_comes_in_pages_that_lead_on(keyed: TestClient, key: Headers, made: dict[str, str]) -> None:
    paged = 0
    for operation in _of(keyed, "GET"):
        reply = keyed.get(_asked(operation, made), headers=key)
        if not reply.is_success or reply.headers["content-type"] != JSON or "items" not in reply.json():
            continue
        names = {parameter["name"] for parameter in operation.parameters}
        assert not {"offset", "page"} & names
        assert {"limit", "cursor"} <= names, operation.name
        address = operation.address(made)
        mark = "&" if "?" in address else "?"
        page = keyed.get(f"{address}{mark}limit=1", headers=key)
        assert len(page.json()["items"]) <= 1, operation.name
        assert reply.json()["next_cursor"] is None or len(reply.json()["items"]) > 1, operation.name
        following = page.json()["next_cursor"]
        assert ("link" in page.headers) == (following is not None), operation.name
        if following is not None:
            link = page.headers["link"].removeprefix("<").partition('>; rel="next"')[0]
            second = keyed.get(link, headers=key).json()["items"]
            assert second == keyed.get(f"{address}{mark}limit=1&cursor={following}", headers=key).json()["items"][:1]
            assert second != page.json()["items"], operation.name
        refused = keyed.get(f"{address}{mark}cursor=YWJj", headers=key)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query/cursor"), operation.name
        paged += 1
    assert paged >= 15


def test_8_every_reply_to_a_key_says_how_often_it_may_ask(
    settings: Settings, engine: MatchEngine, make_key: MakeKey
) -> None:
    few = settings.model_copy(update={"access": "keys", "requests_per_minute": 1})
    with client_of(few, engine) as client:
        for operation in operations(client):
            if not operation.path.startswith("/v1"):
                continue
            key = make_key("alamo")
            first, second = (client.request(operation.method, operation.address({}), headers=key) for _ in range(2))
            assert first.headers["ratelimit-policy"] == '"key";q=1;w=60', operation.name
            assert first.headers["ratelimit"].startswith('"key";r=0;t='), operation.name
            assert second.status_code == 429, operation.name
            assert int(second.headers["retry-after"]) >= 1, operation.name
            assert second.headers["ratelimit"].startswith('"key";r=0;t='), operation.name


def test_9_every_operation_but_those_of_whoever_runs_it_is_of_a_version(keyed: TestClient) -> None:
    assert {o.path for o in operations(keyed) if not o.path.startswith("/v1/")} == {"/livez", "/readyz"}


# Parameters of the address that are words, with what they name: published facts, or nothing but a place in a list.
WORDS_IN_ADDRESSES = {
    "code", "county", "credential", "credential_id", "cursor", "program_id", "provider", "provider_id", "q", "sector",
    "why_not", "zip",
}  # fmt: skip


def test_14_no_address_has_a_place_for_words_of_a_person(keyed: TestClient, described: Described) -> None:
    for operation in operations(keyed):
        for parameter in operation.parameters:
            schema = parameter["schema"]
            is_word = schema.get("type") == "string" and not {"enum", "format"} & schema.keys()
            if parameter["in"] in ("query", "path") and is_word and parameter["name"] not in WORDS_IN_ADDRESSES:
                raise AssertionError(f"{operation.name} takes words in {parameter['name']}: send them in the body")
            # A list of places is no place for a person: where records of people are, only ids and cursors lead.
            if parameter["name"] in {"county", "q", "zip"}:
                assert described[operation.name]["tags"] == ["look-ups"], operation.name


def test_17_whatever_is_made_of_the_data_names_the_data_and_the_method(
    keyed: TestClient, key: Headers, made: dict[str, str], described: Described, engine: MatchEngine
) -> None:
    asked = 0
    for operation in operations(keyed):
        if not MADE_OF_THE_DATA & set(described[operation.name]["tags"]) or operation.method == "DELETE":
            continue
        headers = {**key, "Content-Type": operation.media_type}
        published = {"program_id": _first(keyed, key, "programs"), "provider_id": _first(keyed, key, "providers")}
        address = operation.address({**made, **published})
        reply = keyed.request(operation.method, address, content=operation.body, headers=headers)
        assert reply.is_success, (operation.name, reply.text)
        body = reply.json()
        told = body["items"][0] if operation.name == "list_matches" else body
        named = (told.get("snapshot"), told.get("method_version"))
        in_headers = (reply.headers.get("x-snapshot"), reply.headers.get("x-method-version"))
        assert (engine.snapshot.digest, "0.1.0") in (named, in_headers), operation.name
        asked += 1
    assert asked >= 18


def _first(client: TestClient, key: Headers, kind: str) -> str:
    found: str = client.get(f"/v1/{kind}?limit=1", headers=key).json()["items"][0]["id"]
    return found
