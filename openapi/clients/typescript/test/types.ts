/** What the declarations must take, and what they must refuse; compiled, never run. */

import { createClient, each, headersOf, pages, ParityError } from "parity-client";
import type { Adoption, Product } from "parity-client";

const client = createClient({ url: "http://localhost:8000" });

const list = await client.get("/v1/products", { query: { "vendor.country": ["CN"], limit: 5 } });
const names: string[] = list.data.map((product) => product.name);
const product: Product = await client.get("/v1/products/{record_id}", { path: { record_id: "kimi" } });
const status: string | null = product.status;
const score: number | null = (
  await client.get("/v1/markets/{record_id}/homogenization", { path: { record_id: "chat" } })
).result.score;
for await (const adoption of each(client, "/v1/adoptions", { query: { stage: "ga" } })) {
  const one: Adoption = adoption;
  void one;
}
for await (const page of pages(client, "/v1/changes")) void page.has_more;
await client.patch("/v1/products/{record_id}", {
  path: { record_id: "kimi" },
  query: { comment: "gone" },
  headers: { "If-Match": product },
  body: { discontinued: null },
});
const csv: Response = await client.get("/v1/products", { accept: "text/csv" });
const gone: undefined = await client.delete("/v1/webhooks/{webhook_id}", { path: { webhook_id: "w" } });
await client.post("/v1/imports", { type: "text/csv", query: { kind: "vendor" }, body: "id,name\n" });
const events: Response = await client.get("/v1/changes/stream", { accept: "text/event-stream" });
headersOf(product).get("etag");
await client.get("/v1");

// @ts-expect-error no such path
await client.get("/v1/product");
// @ts-expect-error no such parameter
await client.get("/v1/products", { query: { vendorid: "openai" } });
// @ts-expect-error no such word
await client.get("/v1/adoptions", { query: { date_match: "maybe" } });
// @ts-expect-error the id is missing
await client.get("/v1/products/{record_id}");
// @ts-expect-error the words are missing
await client.get("/v1/search");
// @ts-expect-error nothing is made there
await client.post("/v1/products", { body: {} });
// @ts-expect-error a vendor has no such member
await client.put("/v1/vendors/{record_id}", { path: { record_id: "a" }, body: { nam: "A" } });
// @ts-expect-error one record is no list
each(client, "/v1/products/{record_id}", { path: { record_id: "kimi" } });
// @ts-expect-error not had in that form
await client.get("/v1/limits", { accept: "text/markdown" });
// @ts-expect-error a file is never JSON
await client.get("/v1/exports/{collection}", { path: { collection: "products" } });

void [names, status, score, csv, gone, events, ParityError];
