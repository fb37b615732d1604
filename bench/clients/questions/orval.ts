import {
  createImport,
  getMarketHomogenization,
  getProduct,
  listProducts,
  searchRecords,
} from "../build/orval/parity.js";
import { ask, key, must } from "./asking.js";

const withKey = { headers: { authorization: `Bearer ${key}` } };

await ask({
  async list() {
    const query = { vendor_id: ["openai", "anthropic"], limit: 5 };
    const answer = await listProducts(query);
    must(answer.status === 200 && typeof answer.data !== "string", answer);
    must(answer.data.data.length === 5, answer);
    must(answer.data.data.every((product) => query.vendor_id.includes(product.vendor_id)), answer);
  },
  async record() {
    const answer = await getProduct("kimi");
    must(answer.status === 200 && typeof answer.data !== "string", answer);
    must(answer.data.name === "Kimi", answer);
  },
  async homogenization() {
    const answer = await getMarketHomogenization("chat-assistants");
    must(answer.status === 200 && typeof answer.data !== "string", answer);
    const score: number | null = answer.data.result.score;
    must(score !== null && score > 0 && score < 1, answer.data.result);
  },
  async search() {
    const answer = await searchRecords({ q: "搜索" });
    must(answer.status === 200 && typeof answer.data !== "string", answer);
    must(answer.data.data.length > 0, answer);
  },
  async import() {
    for (const dry_run of [true, false]) {
      const body = new Blob(['{"kind":"vendor","id":"orval-trial","name":"Trial"}\n']);
      const query = { dry_run, comment: "A trial of clients." };
      const answer = await createImport(body, query, withKey);
      must(answer.status === 200, answer);
      must(answer.data.counts.created === 1, answer);
    }
  },
});
