import { ignoreFailure } from "../../support/promises/ignore_failure.ts";

/** What a request was answered with: what is used of a `Response`, which is one. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: {
    /** Gives a header by its name in lower case; null where it is absent. */
    readonly get: (name: string) => string | null;
  };
  /** The body; null where there is none. */
  readonly body: AnswerBody | null;
  /** Whether the body comes as a whole only, and so not before its end; not where absent. */
  readonly isWhole?: boolean;
}

/** The body of an answer: what is used of a `ReadableStream`. */
export interface AnswerBody {
  /** Begins to read it. Throws where it can't be read. */
  readonly getReader: () => {
    /** Gives the next piece, or tells that it was the last. */
    readonly read: () => Promise<
      { readonly done: boolean; readonly value?: Uint8Array | string }
    >;
    /** Lets go of the rest. */
    readonly cancel: () => unknown;
  };
}

/**
 * Tells whether an answer is as it should be: a `Response` of the platform, of the type that was asked for,
 * or one that says that nothing has changed.
 */
export function isPlain(
  answer: unknown,
  accept: string,
): answer is HttpAnswer {
  if (typeof Response !== "function" || !(answer instanceof Response)) {
    return false;
  }
  const { status, headers, body } = answer;
  // That of React Native has no body to be read.
  if (body !== null && typeof body?.getReader !== "function") return false;
  const [type] = (headers.get("content-type") ?? "").split(";", 1);
  return status === 304 || status === 200 && type?.trim() === accept;
}

/** Lets go of the body of whatever a `fetch` gave, so that its connection is free. Never throws. */
export function discardBody(answer: unknown): void {
  void ignoreFailure(() => {
    const { body } = answer as { readonly body?: LooseBody | null };
    return body?.cancel?.() ?? body?.destroy?.();
  });
}

interface LooseBody {
  readonly cancel?: () => unknown;
  readonly destroy?: () => unknown;
}
