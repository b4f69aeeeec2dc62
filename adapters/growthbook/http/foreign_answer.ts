import type {
  AnswerBody,
  discardBody,
  HttpAnswer,
  ignore,
  readStream,
} from "./http_answer.ts";

/** The answer of any `fetch`, also of one that gives less than a `Response`. */
export interface ForeignAnswer extends HttpAnswer {
  /** Whether a browser hides where the answer redirects to. */
  readonly isHiddenRedirect: boolean;
  /** Whether the answer has headers at all. */
  readonly hasHeaders: boolean;
}

/** What reading an answer uses of a source. */
export interface AnswerTools {
  /** Lets go of a body. */
  readonly discardBody: typeof discardBody;
  /** Does something whose failure does not matter. */
  readonly ignore: typeof ignore;
  /** Reads a stream. */
  readonly readStream: typeof readStream;
}

/**
 * Reads the answer of any `fetch`: a `Response`, that of node-fetch, whose body is a Node stream, that
 * of React Native, which has no body but `text()`, and what tests use in their place, such as
 * `{ ok: true, json: async () => payload }` with headers in a `Map` or a plain object. Gives null
 * where that is no answer. Throws where reading it throws.
 */
export function foreignAnswer(
  response: unknown,
  tools: AnswerTools,
): ForeignAnswer | null {
  if (typeof response !== "object" || response === null) return null;
  const { status, ok, type, headers } = response as Loose;
  const isObject = typeof headers === "object" && headers !== null;
  if (typeof status !== "number" && ok !== true) return null;
  return {
    status: typeof status === "number" ? status : 200,
    isHiddenRedirect: type === "opaqueredirect",
    hasHeaders: isObject,
    header: (name) => isObject ? readHeader(headers as Loose, name) : null,
    open: () => openBody(response as Loose, tools),
    discard: () => tools.discardBody(response),
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

function openBody(
  response: Loose,
  { ignore, readStream }: AnswerTools,
): AnswerBody | null {
  const { body } = response;
  if (typeof body === "object" && body !== null) {
    const stream = body as Loose;
    if (typeof stream.getReader === "function") {
      return readStream(body as ReadableStream<Uint8Array>);
    }
    if (typeof stream[Symbol.asyncIterator] === "function") {
      return openIterable(body as AsyncIterable<unknown>, ignore);
    }
  }
  if (typeof response.text === "function") {
    return openWhole(async () => String(await call(response, "text")));
  }
  if (typeof response.json !== "function") return null;
  return openWhole(async () => JSON.stringify(await call(response, "json")));
}

function openIterable(
  body: AsyncIterable<unknown>,
  ignore: AnswerTools["ignore"],
): AnswerBody {
  const iterator = body[Symbol.asyncIterator]();
  return {
    next: async () => {
      const { done, value } = await iterator.next();
      return done ? undefined : value as Uint8Array | string;
    },
    cancel: () => ignore(() => iterator.return?.()),
    isWhole: false,
  };
}

function openWhole(read: () => Promise<string>): AnswerBody {
  let isRead = false;
  return {
    next: async () => {
      if (isRead) return undefined;
      isRead = true;
      return await read();
    },
    cancel: () => {},
    isWhole: true,
  };
}

function call(holder: Loose, method: string): unknown {
  return (holder[method] as () => unknown).call(holder);
}
