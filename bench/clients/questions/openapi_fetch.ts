import createClient from "openapi-fetch";
import type { paths } from "../build/openapi-typescript/schema.js";
import { ask, key, must, url } from "./asking.js";

const client = createClient<paths, "application/json">({
  baseUrl: url,
  headers: { authorization: `Bearer ${key}` },
  querySerializer: { array: { style: "form", explode: false } },
});

const dry = [true, false];

await ask({
  async list() {
    const query = { vendor_id: ["openai", "anthropic"], limit: 5 };
    const { data, error } = await client.GET("/v1/products", { params: { query } });
    must(data !== undefined, error);
    must(data.data.length === 5, data);
    must(data.data.every((product) => query.vendor_id.includes(product.vendor_id)), data);
  },
  async record() {
    const params = { path: { record_id: "kimi" } };
    const { data, error } = await client.GET("/v1/products/{record_id}", { params });
    must(data?.name === "Kimi", data ?? error);
  },
  async homogenization() {
    const params = { path: { record_id: "chat-assistants" } };
    const { data, error } = await client.GET("/v1/markets/{record_id}/homogenization", { params });
    must(data !== undefined, error);
    const score: number | null = data.result.score;
    must(score !== null && score > 0 && score < 1, data.result);
  },
  async search() {
    const params = { query: { q: "搜索" } };
    const { data, error } = await client.GET("/v1/search", { params });
    must(data !== undefined && data.data.length > 0, data ?? error);
  },
  async import() {
    for (const dry_run of dry) {
      const { data, error } = await client.POST("/v1/imports", {
        params: { query: { dry_run, comment: "A trial of clients." } },
        headers: { "content-type": "application/x-ndjson" },
        body: '{"kind":"vendor","id":"fetch-trial","name":"Trial"}\n',
        bodySerializer: (body) => body,
      });
      must(data?.counts.created === 1, data ?? error);
    }
  },
});
