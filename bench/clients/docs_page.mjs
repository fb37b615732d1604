// Opens /docs of PARITY_URL in Chromium and presses "Try it out" and Execute on every operation as
// it comes up, reads first, with PARITY_KEY. Prints one JSON object: usable_ms, the milliseconds
// until the first operation can be executed; pressed, what each operation answered; errors.
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
await page.goto(`${url}/docs`, { waitUntil: "commit" });
const tags = page.locator(".opblock-tag-section");
await tags.first().locator(".opblock-tag").click();
await open(tags.first().locator(".opblock").first());
const usable_ms = Math.round(performance.now() - began);

await tags.first().locator(".opblock-tag").click();
await authorize(process.env.PARITY_KEY);
const pressed = [];
for (const kind of [".opblock-get", ".opblock:not(.opblock-get)"]) {
  for (const tag of await tags.all()) {
    await tag.locator(".opblock-tag").click();
    await tag.locator(".opblock").first().waitFor();
    for (const block of await tag.locator(kind).all()) pressed.push(await press(block));
    await tag.locator(".opblock-tag").click();
  }
}
console.log(JSON.stringify({ usable_ms, pressed, errors }));
await browser.close();

/** Unfolds an operation, so that it can be executed. */
async function open(block) {
  if (!(await block.locator(".opblock-body").count())) {
    await block.locator(".opblock-summary-control").click();
  }
  await block.locator(".try-out__btn").waitFor();
  const tryOut = block.locator(".try-out__btn:not(.cancel)");
  if (await tryOut.count()) await tryOut.click();
  await block.locator(".execute").waitFor();
}

async function authorize(key) {
  await page.locator(".btn.authorize").first().click();
  await page.locator(".auth-container input").first().fill(key);
  await page.locator(".auth-btn-wrapper .authorize").first().click();
  await page.locator(".auth-btn-wrapper .btn-done").first().click();
}

/** Executes an operation; its status is null where the page asked nothing. */
async function press(block) {
  const method = await block.locator(".opblock-summary-method").innerText();
  const path = await block.locator(".opblock-summary-path").getAttribute("data-path");
  const told = { method, path, status: null, asked: "", said: "" };
  try {
    await open(block);
    const answer = page.waitForResponse(() => true, { timeout: 15_000 }).catch(() => null);
    await block.locator(".execute").click();
    if (await block.locator(".parameters .invalid").count()) {
      told.said = "a parameter is needed and has no example";
    } else if ((await answer) !== null) {
      const response = await answer;
      told.status = response.status();
      told.asked = response.url().slice(url.length);
      if (told.status >= 400) told.said = (await response.json().catch(() => ({}))).detail ?? "";
    }
  } catch (error) {
    told.said = String(error).split("\n")[0];
  }
  await block.locator(".opblock-summary-control").click().catch(() => {});
  return told;
}
