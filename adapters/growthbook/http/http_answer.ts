/** What a request was answered with. */
export interface HttpAnswer {
  /** The status, 200 where the answer only says that it is ok. */
  readonly status: number;
  /** Gives a header by its name in lower case; null where it is absent. */
  readonly header: (name: string) => string | null;
  /** Begins to read the body; null where there is none. Throws where it can't be read. */
  readonly open: () => AnswerBody | null;
  /** Lets go of the body, so that its connection is free. Never throws. */
  readonly discard: () => void;
}

/** The body of an answer, which is being read. */
export interface AnswerBody {
  /** Gives the next piece; undefined at the end. */
  readonly next: () => Promise<Uint8Array | string | undefined>;
  /** Lets go of the rest. Never throws. */
  readonly cancel: () => void;
  /** Whether it comes as a whole only, and so not before its end. */
  readonly isWhole: boolean;
}

/**
 * Reads an answer that is as it should be: a `Response` of the platform, of the type that was asked for,
 * or one that says that nothing has changed. Null for anything else.
 */
export function plainAnswer(
  answer: unknown,
  accept: string,
): HttpAnswer | null {
  if (typeof Response !== "function" || !(answer instanceof Response)) {
    return null;
  }
  const { status, headers, body } = answer;
  // That of React Native has no body to be read.
  if (body !== null && typeof body?.getReader !== "function") return null;
  const header = (name: string) => headers.get(name);
  const [type] = (header("content-type") ?? "").split(";", 1);
  const isRight = status === 200 && type?.trim() === accept;
  if (status !== 304 && !isRight) return null;
  return {
    status,
    header,
    open: () => body && readStream(body),
    discard: () => discardBody(answer),
  };
}

/** Reads a stream piece by piece. */
export function readStream(stream: ReadableStream<Uint8Array>): AnswerBody {
  const reader = stream.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? undefined : value;
    },
    cancel: () => ignore(() => reader.cancel()),
    isWhole: false,
  };
}

/** Lets go of the body of whatever a `fetch` gave. Never throws. */
export function discardBody(answer: unknown): void {
  ignore(() => {
    const { body } = answer as { readonly body?: LooseBody | null };
    return body?.cancel?.() ?? body?.destroy?.();
  });
}

/** Does something whose failure does not matter. */
export function ignore(action: () => unknown): void {
  try {
    Promise.resolve(action()).catch(() => {});
  } catch {
    // It is let go of as far as that goes.
  }
}

interface LooseBody {
  readonly cancel?: () => unknown;
  readonly destroy?: () => unknown;
}
