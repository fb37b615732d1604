// Opens /docs/reference of PARITY_URL in Chromium, every operation of it and, where there is one, sends
// its form as it comes up. Prints one JSON object: usable_ms, the milliseconds until the operations are
// listed; pressed, what each form was answered (a stream, which has no end, is left out); errors.
import { chromium } from "playwright-core";

const url = process.env.PARITY_URL;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
const page = await browser.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.setDefaultTimeout(60_000);

const began = performance.now();
await page.goto(`${url}/docs/reference`, { waitUntil: "commit" });
await page.locator("table.operations").last().locator("a").last().waitFor();
const usable_ms = Math.round(performance.now() - began);

const links = await page.locator("table.operations a").evaluateAll((all) => all.map((a) => a.href));
const pressed = [];
for (const link of links) pressed.push(await press(link));
console.log(JSON.stringify({ usable_ms, pressed, errors }));
await browser.close();

/** Sends the form of an operation; an id that only a running base has is that of the list before it. */
async function press(link) {
  await page.goto(link);
  const method = await page.locator(".address .method").innerText();
  const path = await page.locator(".address code").innerText();
  const told = { method, path, status: null, asked: "", said: "" };
  const form = page.locator("form.try");
  if (!(await form.count()) || path.endsWith("/stream")) return { ...told, said: "no form" };
  for (const field of await form.locator("input[required]").all()) {
    const name = await field.getAttribute("name");
    const value = name === "path.collection" ? "products" : await firstId(path);
    if (!(await field.inputValue())) await field.fill(value);
  }
  const asked = await form.evaluate((own) => `${own.action}?${new URLSearchParams(new FormData(own))}`);
  try {
    const response = await page.request.get(asked, { timeout: 15_000 });
    told.status = response.status();
    told.asked = response.url().slice(url.length);
    if (told.status >= 400) told.said = (await response.text()).slice(0, 300);
  } catch (error) {
    told.said = String(error).split("\n")[0];
  }
  return told;
}

async function firstId(path) {
  const answer = await fetch(`${url}${path.split("/{")[0]}?limit=1`);
  const record = answer.ok ? (await answer.json()).data?.[0] : undefined;
  return record?.id ?? record?.name ?? "none-yet";
}
