import type { Fault, Problem } from "./models.js";
import type { Operation, Paths } from "./paths.js";

export type * from "./models.js";
export type { Operation, Paths } from "./paths.js";

export interface Settings {
  /** Else PARITY_URL, else in a browser the page's own origin, else this machine's port 8000. */
  url?: string;
  /** Else PARITY_KEY; reading needs none. A key in a page is everybody's: give it to servers only. */
  key?: string;
  fetch?: typeof fetch;
  /** How often a request is sent again after 429, 502 to 504 or a lost connection; 3. */
  retries?: number;
  /** The longest wait before that, in seconds; a longer Retry-After is an error at once; 60. */
  patience?: number;
  /** Of one sending, in seconds; files and streams have none; 60. */
  timeout?: number;
  /** Of answers that need not be sent again; 8,000,000; 0, as in browsers (they do so): none. */
  cacheBytes?: number;
  userAgent?: string;
  /** No answer is made from less than this revision. */
  minRevision?: number;
}

type Method = "get" | "post" | "put" | "patch" | "delete";
type PathOf<M extends Method> = {
  [P in keyof Paths]: M extends keyof Paths[P] ? P : never;
}[keyof Paths];
type At<P extends keyof Paths, M extends Method> = M extends keyof Paths[P] ? Paths[P][M] : never;
type Given<O> = O extends Operation<infer G, unknown, string> ? G & { signal?: AbortSignal } : never;
type Answer<O> = O extends Operation<unknown, infer A, string> ? A : never;
type Forms<O> = O extends Operation<unknown, unknown, infer F> ? F : never;
type Arguments<G> = object extends G ? [options?: G] : [options: G];

interface Call<M extends Method> {
  <P extends PathOf<M>>(
    path: P,
    ...options: Arguments<Given<At<P, M>>>
  ): Promise<Answer<At<P, M>>>;
  /** In another media type than JSON: the response itself, to be read as text, blob or stream. */
  <P extends PathOf<M>>(
    path: P,
    options: Given<At<P, M>> & { accept: Forms<At<P, M>> },
  ): Promise<Response>;
}

export interface Client {
  get: Call<"get">;
  post: Call<"post">;
  put: Call<"put">;
  patch: Call<"patch">;
  delete: Call<"delete">;
  /** No answer is made from less than this revision: that of the client's newest write. */
  minRevision: number | undefined;
}

type ListPath = {
  [P in PathOf<"get">]: Answer<At<P, "get">> extends { data: unknown[]; page: unknown } ? P : never;
}[PathOf<"get">];
type Item<P extends ListPath> = Answer<At<P, "get">> extends { data: (infer T)[] } ? T : never;

/** A client; every call of it rejects with ParityError for what the service refuses. */
export function createClient(settings?: Settings): Client;

/** The pages of a list, all of one revision. */
export function pages<P extends ListPath>(
  client: Pick<Client, "get">,
  path: P,
  ...options: Arguments<Given<At<P, "get">>>
): AsyncGenerator<Answer<At<P, "get">>, void, undefined>;

/** The records of a list, page by page. */
export function each<P extends ListPath>(
  client: Pick<Client, "get">,
  path: P,
  ...options: Arguments<Given<At<P, "get">>>
): AsyncGenerator<Item<P>, void, undefined>;

/** The headers that an answer came with: `etag`, `dataset-revision` and others. */
export function headersOf(answer: object): Headers;

/** What the service answered that is no answer. `code` is a stable word, texts are for people. */
export class ParityError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Every fault, each with the parameter, pointer or line where it is. */
  readonly errors: readonly Fault[];
  readonly requestId: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  readonly problem: Partial<Problem>;
}
