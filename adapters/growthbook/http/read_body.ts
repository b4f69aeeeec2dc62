import { untilAborted } from "../../support/promises/until_aborted.ts";
import { ignoreFailure } from "../../support/promises/ignore_failure.ts";
import type { AnswerBody } from "./http_answer.ts";

/** How reading a body ended: `cut` where that was inside a character. */
export type BodyEnd = "ended" | "cut" | "too-large" | "not-utf8" | "broken";

/** What to do with a body. */
export interface BodyReader {
  /** Takes a piece of the text; the next is read when it is done. */
  readonly take: (text: string) => void | Promise<void>;
  /** The most bytes to read. */
  readonly maxBytes: number;
  /** Stops it. */
  readonly signal: AbortSignal;
}

/**
 * Reads a body as UTF-8, piece by piece, wherever it is cut. Rejects only where `take` does, or the body
 * can't be read at all.
 */
export async function readBody(
  body: AnswerBody | null,
  { take, maxBytes, signal }: BodyReader,
): Promise<BodyEnd> {
  if (body === null) return "ended";
  const decode = createDecode();
  const reader = body.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const piece = await untilAborted(reader.read(), signal)
        .catch(() => null);
      if (piece === null) return "broken";
      const { done, value } = piece;
      bytes += value?.length ?? 0;
      if (bytes > maxBytes) return "too-large";
      const text = decode(value, !done);
      if (text === null) return done ? "cut" : "not-utf8";
      if (text !== "") await take(text);
      if (done) return "ended";
    }
  } finally {
    void ignoreFailure(() => reader.cancel());
  }
}

/**
 * Gives what decodes pieces; what is missing of a last character comes with the next. The runtime's
 * decoder is asked for when there are bytes: React Native gives a text, and may have none.
 */
function createDecode(): (
  piece: Uint8Array | string | undefined,
  stream: boolean,
) => string | null {
  let decoder: TextDecoder | undefined;
  return (piece, stream) => {
    if (typeof piece === "string") return piece;
    if (piece) decoder ??= new TextDecoder("utf-8", { fatal: true });
    try {
      return decoder?.decode(piece, { stream }) ?? "";
    } catch {
      return null;
    }
  };
}
