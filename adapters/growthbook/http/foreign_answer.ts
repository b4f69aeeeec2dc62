/** The body of an answer, as far as the `fetch` that gave it lets it be read. */
export type AnswerBody =
  | {
    /** It comes in pieces. */
    readonly kind: "pieces";
    /** Gives the next piece; undefined at the end. */
    readonly next: () => Promise<Uint8Array | string | undefined>;
    /** Lets go of the rest. Never throws. */
    readonly cancel: () => void;
  }
  | {
    /** It comes as a whole only. */
    readonly kind: "whole";
    /** Gives all of it, as a text. */
    readonly read: () => Promise<string>;
  };

/** The answer of any `fetch`, also of one that gives less than a `Response`. */
export interface ForeignAnswer {
  /** The status, 200 where the answer only says that it is ok. */
  readonly status: number;
  /** Whether a browser hides where the answer redirects to. */
  readonly isHiddenRedirect: boolean;
  /** Whether the answer has headers at all. */
  readonly hasHeaders: boolean;
  /** Gives a header by its name in lower case; null where it is absent. */
  readonly header: (name: string) => string | null;
  /** Begins to read the body; null where there is none. Throws where it can't be read. */
  readonly open: () => AnswerBody | null;
  /** Lets go of the body, so that its connection is free. Never throws. */
  readonly discard: () => void;
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
    header: (name) => isObject ? readHeader(headers as Loose, name) : null,
    open: () => openBody(response as Loose),
    discard: () => discard(response as Loose),
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

function openBody(response: Loose): AnswerBody | null {
  const { body } = response;
  if (typeof body === "object" && body !== null) {
    const stream = body as Loose;
    if (typeof stream.getReader === "function") return openStream(stream);
    if (typeof stream[Symbol.asyncIterator] === "function") {
      return openIterable(stream as unknown as AsyncIterable<unknown>);
    }
  }
  if (typeof response.text === "function") {
    return {
      kind: "whole",
      read: async () => String(await call(response, "text")),
    };
  }
  if (typeof response.json !== "function") return null;
  const read = async () => JSON.stringify(await call(response, "json"));
  return { kind: "whole", read };
}

function openStream(stream: Loose): AnswerBody {
  const reader = (stream as unknown as ReadableStream<Uint8Array>).getReader();
  return {
    kind: "pieces",
    next: async () => {
      const { done, value } = await reader.read();
      return done ? undefined : value;
    },
    cancel: () => ignore(() => reader.cancel()),
  };
}

function openIterable(body: AsyncIterable<unknown>): AnswerBody {
  const iterator = body[Symbol.asyncIterator]();
  return {
    kind: "pieces",
    next: async () => {
      const { done, value } = await iterator.next();
      return done ? undefined : value as Uint8Array | string;
    },
    cancel: () => ignore(() => iterator.return?.()),
  };
}

function discard(response: Loose): void {
  ignore(() => {
    const body = response.body as Loose | null | undefined;
    if (typeof body?.cancel === "function") return call(body, "cancel");
    if (typeof body?.destroy === "function") return call(body, "destroy");
  });
}

function call(holder: Loose, method: string): unknown {
  return (holder[method] as () => unknown).call(holder);
}

/** Does what may throw or reject, and waits for nothing: a body that hangs may hang here too. */
function ignore(action: () => unknown): void {
  try {
    Promise.resolve(action()).catch(() => {});
  } catch {
    // It is let go of as far as that goes.
  }
}
