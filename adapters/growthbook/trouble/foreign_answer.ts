import type { AnswerBody, HttpAnswer } from "../http/http_answer.ts";

/** The answer of any `fetch`, also of one that gives less than a `Response`. */
export interface ForeignAnswer extends HttpAnswer {
  /** Whether a browser hides where the answer redirects to. */
  readonly isHiddenRedirect: boolean;
  /** Whether the answer has headers at all. */
  readonly hasHeaders: boolean;
}

/**
 * Reads the answer of any `fetch`: a `Response`, that of node-fetch, whose body is a Node stream, that
 * of React Native, which has no body but `text()`, and what tests use in their place, such as
 * `{ ok: true, json: async () => payload }` with headers in a `Map` or a plain object. Gives null
 * where that is no answer. Throws where reading it throws.
 */
export function foreignAnswer(response: unknown): ForeignAnswer | null {
  if (typeof response !== "object" || response === null) return null;
  const { status, ok, type, headers } = response as Loose;
  const isObject = typeof headers === "object" && headers !== null;
  if (typeof status !== "number" && ok !== true) return null;
  return {
    status: typeof status === "number" ? status : 200,
    isHiddenRedirect: type === "opaqueredirect",
    hasHeaders: isObject,
    headers: {
      get: (name) => isObject ? readHeader(headers as Loose, name) : null,
    },
    // That of a refusal is not touched.
    get body() {
      return findBody(response as Loose).body;
    },
    get isWhole() {
      return findBody(response as Loose).isWhole ?? false;
    },
  };
}

/** An object of which nothing is known. */
interface Loose {
  readonly [name: string | symbol]: unknown;
}

function readHeader(headers: Loose, name: string): string | null {
  if (typeof headers.get === "function") {
    const found: unknown = headers.get(name);
    // A plain Map tells upper from lower case.
    if (typeof found === "string" || !(headers instanceof Map)) {
      return typeof found === "string" ? found : null;
    }
  }
  const entries = headers instanceof Map || Array.isArray(headers)
    ? [...headers as Iterable<readonly unknown[]>]
    : Object.entries(headers);
  const entry = entries.find((pair) =>
    String((pair as readonly unknown[])[0]).toLowerCase() === name
  ) as readonly unknown[] | undefined;
  return entry?.[1] === undefined ? null : String(entry[1]);
}

function findBody(
  response: Loose,
): Pick<HttpAnswer, "body" | "isWhole"> {
  const { body } = response;
  if (typeof body === "object" && body !== null) {
    const stream = body as Loose;
    if (typeof stream.getReader === "function") {
      return { body: body as AnswerBody };
    }
    if (typeof stream[Symbol.asyncIterator] === "function") {
      return { body: iterableBody(body as AsyncIterable<Uint8Array>) };
    }
  }
  if (typeof response.text === "function") {
    return wholeBody(async () => String(await call(response, "text")));
  }
  if (typeof response.json !== "function") return { body: null };
  return wholeBody(async () => JSON.stringify(await call(response, "json")));
}

function iterableBody(body: AsyncIterable<Uint8Array | string>): AnswerBody {
  return {
    getReader: () => {
      const iterator = body[Symbol.asyncIterator]();
      return {
        read: async () => {
          const { done = false, value } = await iterator.next();
          return done ? { done } : { done, value };
        },
        cancel: () => iterator.return?.(),
      };
    },
  };
}

function wholeBody(
  read: () => Promise<string>,
): Pick<HttpAnswer, "body" | "isWhole"> {
  let isRead = false;
  const reader = {
    read: async () => {
      if (isRead) return { done: true };
      isRead = true;
      return { done: false, value: await read() };
    },
    cancel: () => {},
  };
  return { body: { getReader: () => reader }, isWhole: true };
}

function call(holder: Loose, method: string): unknown {
  return (holder[method] as () => unknown).call(holder);
}
