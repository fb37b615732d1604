/** What the client sends and how it takes what comes back, upon a fetch of ours. */

import assert from "node:assert/strict";
import test from "node:test";

import { createClient, each, headersOf, pages, ParityError } from "parity-client";

/** A client whose service answers these, one after the other, and what was sent to it. */
function served(answers, settings = {}) {
  const sent = [];
  const fetch = async (target, { method, headers, body }) => {
    sent.push({ target, method, headers: { ...headers }, body });
    const [status, content, given = {}] = answers[Math.min(sent.length, answers.length) - 1];
    if (status === 0) throw new TypeError("fetch failed");
    const text = content === undefined ? null : JSON.stringify(content);
    return new Response([204, 304].includes(status) ? null : text, { status, headers: given });
  };
  return { client: createClient({ url: "http://parity.test/", key: "", fetch, ...settings }), sent };
}

const NOW = { "retry-after": "0" };

test("lists are sent with commas, each value encoded, and what is null is left out", async () => {
  const { client, sent } = served([[200, {}]]);
  await client.get("/v1/products", {
    query: { "vendor.country": ["CN", "FR"], q: "a,b&c", limit: null, where: { launched__lt: 2024 } },
  });
  assert.equal(
    sent[0].target,
    "http://parity.test/v1/products?vendor.country=CN,FR&q=a%2Cb%26c&launched__lt=2024",
  );
});

test("an id is one segment of the path, and none is no address", async () => {
  const { client, sent } = served([[200, {}]]);
  await client.get("/v1/products/{record_id}", { path: { record_id: "../keys?x" } });
  assert.equal(sent[0].target, "http://parity.test/v1/products/..%2Fkeys%3Fx");
  for (const record_id of ["", ".", "..", undefined])
    await assert.rejects(client.get("/v1/products/{record_id}", { path: { record_id } }), TypeError);
});

test("a write has one name however often it is sent, null stays null", async () => {
  const { client, sent } = served([[503, {}, NOW], [0], [200, { id: "kimi" }, { "dataset-revision": "7" }]]);
  const path = { record_id: "kimi" };
  await client.patch("/v1/products/{record_id}", { path, body: { discontinued: null, note: undefined } });
  assert.equal(new Set(sent.map(({ headers }) => headers["idempotency-key"])).size, 1);
  assert.equal(sent.length, 3);
  assert.equal(sent[2].body, '{"discontinued":null}');
  assert.equal(sent[2].headers["content-type"], "application/merge-patch+json");
  await client.get("/v1/products");
  assert.equal(sent[3].headers["min-dataset-revision"], "7");
});

test("it never comes back before Retry-After, and not at all where that is too late", async () => {
  const patient = served([[429, {}, { "retry-after": "1" }], [200, {}]]);
  const began = Date.now();
  await patient.client.get("/v1/products");
  assert.ok(Date.now() - began >= 1000);
  const other = served([[429, { code: "quota_exceeded" }, { "retry-after": "3600" }]]);
  await assert.rejects(other.client.get("/v1/products"), { code: "quota_exceeded", retryAfter: 3600 });
  assert.equal(other.sent.length, 1);
});

test("what cannot come right is not tried again", async () => {
  for (const status of [400, 404, 409, 412, 422, 500]) {
    const { client, sent } = served([[status, {}, NOW]]);
    await assert.rejects(client.get("/v1/products"), { status });
    assert.equal(sent.length, 1);
  }
});

test("an answer that is still right is taken out of memory, anew each time", async () => {
  const { client, sent } = served([
    [200, { data: [1] }, { etag: '"a"', "dataset-revision": "1" }],
    [304, undefined, { etag: '"a"', "dataset-revision": "2" }],
  ]);
  const first = await client.get("/v1/products");
  first.data.push(2);
  const second = await client.get("/v1/products");
  assert.equal(sent[1].headers["if-none-match"], '"a"');
  assert.deepEqual(second, { data: [1] });
  assert.equal(headersOf(second).get("dataset-revision"), "2");
});

test("memory is bounded", async () => {
  const { client, sent } = served([[200, "x".repeat(90), { etag: '"a"' }]], { cacheBytes: 400 });
  for (const limit of [1, 2, 3, 4, 5]) await client.get("/v1/products", { query: { limit } });
  for (const limit of [5, 1]) await client.get("/v1/products", { query: { limit } });
  assert.equal(sent[5].headers["if-none-match"], '"a"');
  assert.equal(sent[6].headers["if-none-match"], undefined);
});

test("pages go on to the end, changes to where nothing is there yet", async () => {
  const page = (data, next_cursor, more = {}) => [200, { data, page: { next_cursor }, ...more }];
  const list = served([page([1, 2], "c1"), page([3], null)]);
  const found = [];
  for await (const record of each(list.client, "/v1/products", { query: { limit: 2 } })) found.push(record);
  assert.deepEqual(found, [1, 2, 3]);
  assert.equal(list.sent[1].target, "http://parity.test/v1/products?limit=2&cursor=c1");
  const changes = served([page([1], "rev:1", { has_more: false })]);
  for await (const one of pages(changes.client, "/v1/changes")) assert.deepEqual(one.data, [1]);
  assert.equal(changes.sent.length, 1);
});

test("a fault of something in between is an error too", async () => {
  const { client } = served([[500, "<html>"]]);
  await assert.rejects(client.get("/v1/products"), (error) => {
    assert.ok(error instanceof ParityError);
    return error.status === 500 && error.code === "" && error.errors.length === 0;
  });
});

test("who gives up is not kept waiting", async () => {
  const { client } = served([[503, {}, { "retry-after": "30" }]]);
  const signal = AbortSignal.timeout(50);
  await assert.rejects(client.get("/v1/products", { signal }), { name: "TimeoutError" });
});
