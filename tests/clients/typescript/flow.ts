// A day's work through a client typed by the description: profile, match, decision, eligibility, list. It has to pass
// the type checker in its strict mode before it is run, so that a field that is not described cannot be used.

import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[]; stdout: { write(text: string): void } };

type Profile = components["schemas"]["SeekerIn"];

const [address = "", token = "", sent = "{}"] = process.argv.slice(2);
const profile = JSON.parse(sent) as Profile;
const client = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

/** What a call gave; a problem is an error with the words of the service. */
function given<T>(reply: { data?: T; error?: unknown; response: Response }): T {
  if (reply.data === undefined) throw new Error(`${reply.response.status} ${JSON.stringify(reply.error)}`);
  return reply.data;
}

const board = given(await client.GET("/v1/me")).board;
const titles = given(await client.GET("/v1/occupations", { params: { query: { q: "nurse" } } })).items;

const kept = await client.POST("/v1/seekers", { body: profile });
const seeker_id = given(kept).id;
const read = given(await client.GET("/v1/seekers/{seeker_id}", { params: { path: { seeker_id } } }));
const tag = kept.response.headers.get("etag") ?? "";
const change = () =>
  client.PUT("/v1/seekers/{seeker_id}", {
    params: { path: { seeker_id }, header: { "if-match": tag } },
    body: profile,
  });
const changed = await change();
const stale = await change();

const once = { "idempotency-key": crypto.randomUUID() };
const ask = () => client.POST("/v1/matches", { params: { header: once }, body: profile });
const matched = await ask();
const again = await ask();
const answer = given(matched);
const match_id = matched.response.headers.get("x-match-id") ?? "";
const plan = answer.plans[0];
if (plan === undefined) throw new Error("no plan");
given(
  await client.POST("/v1/matches/{match_id}/decisions", {
    params: { path: { match_id } },
    body: { plan: plan.id, decision: "accept", reason: "Fits.", decided_by: "R. Ortiz" },
  }),
);
const decided = given(await client.GET("/v1/matches/{match_id}/decisions", { params: { path: { match_id } } })).items;

const streams = given(await client.POST("/v1/eligibility", { body: profile })).streams;

const list = await client.POST("/v1/batches", {
  headers: { "Content-Type": "application/x-ndjson" },
  body: JSON.stringify(profile),
  bodySerializer: (lines: string) => lines,
});
const batch_id = given(list).id;
let batch = given(list);
while (batch.state === "queued" || batch.state === "running") {
  await new Promise((resume) => setTimeout(resume, 200));
  batch = given(await client.GET("/v1/batches/{batch_id}", { params: { path: { batch_id } } }));
}
const results = given(
  await client.GET("/v1/batches/{batch_id}/results", { params: { path: { batch_id } }, parseAs: "text" }),
);

const refused = await client.POST("/v1/matches", { body: {} });

process.stdout.write(
  JSON.stringify({
    board,
    titles: titles.length,
    same: read.profile.reference === profile.reference,
    changed: [changed.response.status, stale.response.status, stale.error?.status],
    plans: answer.plans.length,
    replayed: again.response.headers.get("idempotency-replayed") === "true" && again.response.headers.get("x-match-id") === match_id,
    decided: decided.map((row) => row.reason),
    streams: streams.length,
    list: [batch.state, batch.done, batch.errors],
    listed: (JSON.parse(results.trim()) as { answer: { plans: unknown[] } }).answer.plans.length,
    refused: [refused.response.status, refused.error?.errors[0]?.code],
  }),
);
