import { client } from "../build/hey-api/client.gen.js";
import {
  createImport,
  getMarketHomogenization,
  getProduct,
  listProducts,
  searchRecords,
} from "../build/hey-api/index.js";
import { ask, key, must, url } from "./asking.js";

client.setConfig({ baseUrl: url, auth: key });

await ask({
  async list() {
    const query = { vendor_id: ["openai", "anthropic"], limit: 5 };
    const { data, error } = await listProducts({ query });
    must(data !== undefined, error);
    must(data.data.length === 5, data);
    must(data.data.every((product) => query.vendor_id.includes(product.vendor_id)), data);
  },
  async record() {
    const { data, error } = await getProduct({ path: { record_id: "kimi" } });
    must(data?.name === "Kimi", data ?? error);
  },
  async homogenization() {
    const { data, error } = await getMarketHomogenization({
      path: { record_id: "chat-assistants" },
    });
    must(data !== undefined, error);
    const score: number | null = data.result.score;
    must(score !== null && score > 0 && score < 1, data.result);
  },
  async search() {
    const { data, error } = await searchRecords({ query: { q: "搜索" } });
    must(data !== undefined && data.data.length > 0, data ?? error);
  },
  async import() {
    for (const dry_run of [true, false]) {
      const { data, error } = await createImport({
        query: { dry_run, comment: "A trial of clients." },
        body: new Blob(['{"kind":"vendor","id":"hey-trial","name":"Trial"}\n']),
        headers: { "content-type": "application/x-ndjson" },
      });
      must(data?.counts.created === 1, data ?? error);
    }
  },
});
