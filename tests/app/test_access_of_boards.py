"""Two boards and every operation of the description: none, nor any that is added, crosses from one to the other."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from app.api.examples import LIST_CSV, PROFILE
from tests.app.conftest import WEBHOOK_HOST, MakeKey

# Parameters that name published facts, which are the same for every board. All others name a board's records.
PUBLISHED = {
    "credential_id": "cna", "code": "31-1131.00", "program_id": "none", "provider_id": "none",
}  # fmt: skip
NOBODY = "00000000-0000-4000-8000-000000000000"
WORD = "quetzal-1042"  # in every record of the first board


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the description has it, with the body it shows."""

    name: str
    method: str
    path: str
    parameters: tuple[dict[str, Any], ...]
    media_type: str
    body: str

    @property
    def names(self) -> set[str]:
        """What its path names."""
        return {part.strip("{}") for part in self.path.split("/") if part.startswith("{")}

    def address(self, records: dict[str, str]) -> str:
        """Where it is for these records; nobody's where there is none."""
        known = {**dict.fromkeys(self.names, NOBODY), **PUBLISHED, **records}
        query = [f"{p['name']}={records['seeker_id']}" for p in self.parameters if p["name"] == "seeker" and records]
        return self.path.format_map(known) + ("?" + "&".join(query) if query else "")


def operations(client: TestClient) -> Iterator[Operation]:
    """All that the description has, and no other way to list them."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {})
            media_type, described = next(iter(content.items()), ("application/json", {}))
            example = described.get("example", "")
            body = example if isinstance(example, str) else json.dumps(example)
            parameters = tuple(said.get("parameters", ()))
            yield Operation(said["operationId"], method.upper(), path, parameters, media_type, body)


def keep_one_of_each(client: TestClient, key: dict[str, str]) -> dict[str, str]:
    """A record of every kind, made with `key`: its name in addresses, and its id."""
    profile = {**PROFILE, "reference": WORD}
    seeker = client.post("/v1/seekers", json=profile, headers=key).json()["id"]
    client.put(f"/v1/seekers/{seeker}/demographics", json={"sex": "female"}, headers={**key, "If-None-Match": "*"})
    hold = {"since": "2026-11-20", "reason": WORD}
    client.put(f"/v1/seekers/{seeker}/hold", json=hold, headers={**key, "If-Match": "*"})
    match = client.post(f"/v1/seekers/{seeker}/matches", headers=key).headers["x-match-id"]
    made = {"seeker_id": seeker, "match_id": match}
    for operation in operations(client):
        if operation.method == "POST" and operation.names == {"match_id"}:
            body = _about(client.get(f"/v1/matches/{match}", headers=key).json(), operation.body)
            reply = client.post(operation.address(made), json=body, headers=key)
            assert reply.status_code == 201, (operation.path, reply.text)
            if operation.path.endswith("review-requests"):
                made["review_id"] = reply.json()["id"]
    hook = {"url": f"https://{WEBHOOK_HOST}/{WORD}", "events": ["batch.done"]}
    made["webhook_id"] = client.post("/v1/webhooks", json=hook, headers=key).json()["id"]
    made["delivery_id"] = client.post(f"/v1/webhooks/{made['webhook_id']}/tests", headers=key).json()["id"]
    sent = client.post("/v1/batches", content=LIST_CSV, headers={**key, "Content-Type": "text/csv"})
    return {**made, "batch_id": sent.json()["id"]}


def _about(answer: dict[str, Any], example: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(example)
    return {name: answer["plans"][0]["id"] if name == "plan" else value for name, value in body.items()}


def test_no_operation_crosses_from_one_board_to_another(keyed: TestClient, make_key: MakeKey) -> None:
    mine, theirs = make_key("alamo"), make_key("cameron")
    made = keep_one_of_each(keyed, mine)
    before = _all_that_is_read(keyed, mine, made)
    tried = list(operations(keyed))

    crossed = []
    for operation in tried:
        unknown = operation.names - PUBLISHED.keys() - made.keys()
        assert not unknown, f"{operation.path}: make a record that {unknown} names, in keep_one_of_each"
        headers = {**theirs, "If-Match": "*", "Content-Type": operation.media_type}
        reply = keyed.request(operation.method, operation.address(made), content=operation.body, headers=headers)
        if operation.names & made.keys() and reply.status_code != 404:
            crossed.append((operation.name, reply.status_code))
        if any(word in reply.text + str(reply.headers) for word in (WORD, *made.values())):
            crossed.append((operation.name, "told"))

    assert crossed == []
    assert len(tried) >= 50
    assert _all_that_is_read(keyed, mine, made) == before


def _all_that_is_read(client: TestClient, key: dict[str, str], made: dict[str, str]) -> dict[str, Any]:
    """What the first board reads of its own records, all of it there."""
    found = {}
    for operation in operations(client):
        if operation.method == "GET" and operation.names & made.keys() and "batch" not in operation.path:
            reply = client.get(operation.address(made), headers=key)
            assert reply.status_code == 200, (operation.path, reply.text)
            found[operation.name] = reply.json()
    return found
