"""A day's work through the generated Python client, run in the environment of the tools: from profile to list."""

import json
import sys
import time
import uuid

from stackway_client import AuthenticatedClient  # type: ignore[import-not-found] # generated before this is run
from stackway_client.api.access import get_me  # type: ignore[import-not-found] # as above
from stackway_client.api.decisions import create_decision, list_decisions  # type: ignore[import-not-found] # as above
from stackway_client.api.eligibility import screen_eligibility  # type: ignore[import-not-found] # as above
from stackway_client.api.lists import get_batch, list_batch_results  # type: ignore[import-not-found] # as above
from stackway_client.api.look_ups import list_occupations  # type: ignore[import-not-found] # as above
from stackway_client.api.matches import create_match  # type: ignore[import-not-found] # as above
from stackway_client.api.seekers import (  # type: ignore[import-not-found] # as above
    create_seeker,
    create_seeker_match,
    get_seeker,
    replace_seeker,
)
from stackway_client.models import DecisionIn, SeekerIn  # type: ignore[import-not-found] # as above

address, token, profile = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
client = AuthenticatedClient(base_url=address, token=token)
seeker = SeekerIn.from_dict(profile)

board = get_me.sync(client=client).board
titles = [row.title for row in list_occupations.sync(client=client, q="nurse").items]
kept = create_seeker.sync_detailed(client=client, body=seeker)
again = get_seeker.sync(kept.parsed.id, client=client)
changed = replace_seeker.sync_detailed(kept.parsed.id, client=client, body=seeker, if_match=kept.headers["etag"])
stale = replace_seeker.sync_detailed(kept.parsed.id, client=client, body=seeker, if_match=kept.headers["etag"])
answer = create_seeker_match.sync_detailed(kept.parsed.id, client=client)
match = uuid.UUID(answer.headers["x-match-id"])
decision = DecisionIn.from_dict(
    {"plan": answer.parsed.plans[0].id, "decision": "accept", "reason": "Fits.", "decided_by": "R. Ortiz"}
)
create_decision.sync(match, client=client, body=decision)
streams = screen_eligibility.sync(client=client, body=seeker).streams
# The generator knows no body that is not JSON or a form: a list is sent over the connection it has opened.
sent = client.get_httpx_client().post(
    "/v1/batches", content=json.dumps(profile), headers={"Content-Type": "application/x-ndjson"}
)
list_id = uuid.UUID(sent.raise_for_status().json()["id"])
while (batch := get_batch.sync(list_id, client=client)).state in {"queued", "running"}:
    time.sleep(0.2)
results = list_batch_results.sync_detailed(list_id, client=client)
refused = create_match.sync_detailed(client=client, body=SeekerIn.from_dict({}))

sys.stdout.write(
    json.dumps(
        {
            "board": board,
            "titles": len(titles),
            "same": again.profile.to_dict() == seeker.to_dict(),
            "changed": [int(changed.status_code), int(stale.status_code), stale.parsed.status],
            "plans": len(answer.parsed.plans),
            "decided": [row.reason for row in list_decisions.sync(match, client=client).items],
            "streams": len(streams),
            "list": [batch.state, batch.done, batch.errors],
            "listed": len(json.loads(results.content)["answer"]["plans"]),
            "refused": [int(refused.status_code), refused.parsed.errors[0].code],
        }
    )
)
