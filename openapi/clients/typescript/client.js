const TRANSIENT = [429, 502, 503, 504];
const READ_TWICE = new Set(["GET", "PUT", "DELETE"]);
const env = globalThis.process?.env ?? {};
// A browser revalidates by itself, names itself, and asks permission for every further header.
const inBrowser = typeof document !== "undefined" || typeof WorkerGlobalScope !== "undefined";
const headers = new WeakMap();

export class ParityError extends Error {
  constructor(response, problem) {
    const { code = "", title = response.statusText, detail = title, errors = [] } = problem;
    const faults = errors.map((fault) => {
      const place = [fault.line ? `line ${fault.line}` : "", fault.parameter || fault.pointer || ""];
      return `\n  ${place.filter(Boolean).join(" ") || "body"}: ${fault.detail}`;
    });
    const alone = errors.length === 1 && errors[0].detail === detail;
    super(`${response.status} ${code || title}: ${detail}${alone ? "" : faults.join("")}`);
    this.name = "ParityError";
    this.status = response.status;
    this.requestId = problem.request_id ?? response.headers.get("request-id") ?? "";
    this.retryAfter = retryAfter(response);
    Object.assign(this, { code, title, detail, errors, problem });
  }
}

export function headersOf(answer) {
  const found = headers.get(answer);
  if (!found) throw new TypeError("only what a request answered has headers, not a part of it");
  return found;
}

export function createClient(settings = {}) {
  const {
    url = env.PARITY_URL ?? (inBrowser ? globalThis.location?.origin : "http://127.0.0.1:8000"),
    key = env.PARITY_KEY,
    fetch = globalThis.fetch,
    retries = 3,
    patience = 60,
    timeout = 60,
    cacheBytes = inBrowser ? 0 : 8e6,
    userAgent = inBrowser ? "" : "parity-client-js",
  } = settings;
  const base = url.replace(/\/+$/, "");
  const cache = new Cache(cacheBytes);

  async function request(method, path, options = {}) {
    const { accept = "application/json", signal } = options;
    const target = base + pathOf(path, options.path) + queryOf(options);
    const sent = { accept, ...(userAgent && { "user-agent": userAgent }) };
    if (key) sent.authorization = `Bearer ${key}`;
    for (const [name, value] of Object.entries(options.headers ?? {}))
      if (value != null) sent[name.toLowerCase()] = headerOf(value);
    const isRead = method === "GET";
    if (!isRead) sent["idempotency-key"] ??= newKey();
    const known = isRead ? cache.get(target + accept) : undefined;
    if (known) sent["if-none-match"] ??= known.etag;
    if (isRead && client.minRevision) sent["min-dataset-revision"] = `${client.minRevision}`;
    const body = bodyOf(method, options, sent);

    for (let attempt = 0; ; attempt++) {
      const limit = accept === "application/json" ? AbortSignal.timeout(timeout * 1000) : undefined;
      let response, text;
      try {
        response = await fetch(target, { method, headers: sent, body, signal: either(signal, limit) });
        if (response.ok && accept !== "application/json") return response;
        text = await response.text();
      } catch (lost) {
        if (signal?.aborted) throw signal.reason;
        const pause = pauseOf(attempt);
        if (pause === undefined) throw lost;
        await sleep(pause, signal);
        continue;
      }
      const pause = isTransient(response, text) ? pauseOf(attempt, response) : undefined;
      if (pause !== undefined) await sleep(pause, signal);
      else return good(response, text);
    }

    function good(response, text) {
      const isKnown = response.status === 304 && known;
      if (!isKnown && !response.ok) throw new ParityError(response, problemIn(text));
      const etag = response.headers.get("etag");
      if (isRead && response.status === 200 && etag) cache.set(target + accept, { etag, text });
      const revision = Number(response.headers.get("dataset-revision") ?? 0);
      if (!isRead) client.minRevision = Math.max(client.minRevision ?? 0, revision) || undefined;
      const answer = parsed(isKnown ? known.text : text);
      if (typeof answer === "object" && answer) headers.set(answer, response.headers);
      return answer;
    }

    /** Seconds until it is sent again, never sooner than Retry-After says; undefined: it is not. */
    function pauseOf(attempt, response) {
      if (attempt >= retries || !(READ_TWICE.has(method) || sent["idempotency-key"])) return undefined;
      const least = (response && retryAfter(response)) ?? Math.min(0.5 * 2 ** attempt, 8);
      return least > patience ? undefined : least + Math.random() * (0.1 + least / 4);
    }
  }

  const client = { minRevision: settings.minRevision };
  for (const method of ["get", "post", "put", "patch", "delete"])
    client[method] = (path, options) => request(method.toUpperCase(), path, options);
  return client;
}

export async function* pages(client, path, options = {}) {
  let page = await client.get(path, options);
  yield page;
  while (page.page?.next_cursor && page.has_more !== false) {
    const query = { ...options.query, cursor: page.page.next_cursor };
    page = await client.get(path, { ...options, query });
    yield page;
  }
}

export async function* each(client, path, options) {
  for await (const page of pages(client, path, options)) yield* page.data;
}

/** Answers by address, the least used leaving first. */
class Cache extends Map {
  #size;
  #held = 0;

  constructor(size) {
    super();
    this.#size = size;
  }

  get(key) {
    const found = super.get(key);
    if (found) super.delete(key) && super.set(key, found);
    return found;
  }

  set(key, value) {
    if (value.text.length > this.#size / 4) return this;
    this.#held += value.text.length - (super.get(key)?.text.length ?? 0);
    super.delete(key);
    super.set(key, value);
    while (this.#held > this.#size) {
      const [oldest, { text }] = this.entries().next().value;
      this.#held -= text.length;
      super.delete(oldest);
    }
    return this;
  }
}

function pathOf(path, ids = {}) {
  return path.replace(/{(\w+)}/g, (_, name) => {
    if (/^\.{0,2}$/.test(ids[name] ?? "")) throw new TypeError(`path.${name} is no id: ${ids[name]}`);
    return encodeURIComponent(ids[name]);
  });
}

/** Lists with commas, as the document says; what is null or undefined is left out. */
function queryOf({ query = {} }) {
  const { where = {}, ...rest } = query;
  const pairs = Object.entries({ ...rest, ...where })
    .filter(([, value]) => value != null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${[value].flat().map(encodeURIComponent)}`);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

/** A name for a write; randomUUID is there in Node from 19 on and in pages that came over TLS. */
function newKey() {
  const part = () => Math.random().toString(36).slice(2);
  return globalThis.crypto?.randomUUID?.() ?? `${Date.now().toString(36)}-${part()}${part()}`;
}

function headerOf(value) {
  return typeof value === "object" ? headersOf(value).get("etag") : value;
}

function bodyOf(method, { body, type }, sent) {
  if (body === undefined) return undefined;
  const isFile = typeof body === "string" || body instanceof Blob || body instanceof ArrayBuffer;
  const json = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  sent["content-type"] = type ?? (isFile ? "application/x-ndjson" : json);
  return isFile ? body : JSON.stringify(body);
}

/** Whether another time may do; of a 409 where the same write, sent before, is still at work. */
function isTransient({ status }, text) {
  return TRANSIENT.includes(status) || (status === 409 && text.includes('"idempotency_in_progress"'));
}

function retryAfter(response) {
  const given = response.headers.get("retry-after");
  if (!given) return undefined;
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function problemIn(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function parsed(text) {
  return text ? JSON.parse(text) : undefined;
}

function either(one, other) {
  return one && other ? AbortSignal.any?.([one, other]) ?? one : one ?? other;
}

function sleep(seconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => (clearTimeout(timer), reject(signal.reason));
    const timer = setTimeout(() => (signal?.removeEventListener("abort", stop), resolve()), seconds * 1000);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
