import { attempt } from "../../../core/support/attempt.ts";
import { isObject } from "../../../core/support/read_own.ts";

/** An answer that was kept, as it is stored. */
export interface KeptAnswer {
  /** When it was last known to be current, in milliseconds since 1970. */
  readonly time: number;
  /** The server's tag of exactly this answer; null where it gave none. */
  readonly etag: string | null;
  /** Whether the server pushed changes. */
  readonly offersStreaming: boolean;
  /** The answer as it came. */
  readonly body: string;
}

/** Writes an answer that is to be kept. */
export function writeKept(answer: KeptAnswer): string {
  return JSON.stringify({ format: 1, ...answer });
}

/**
 * Reads an answer that was kept; null where it is none, for whatever reason. A tag that can't be sent
 * in a header is left out, since every request with it would fail.
 */
export function readKept(text: unknown): KeptAnswer | null {
  if (typeof text !== "string") return null;
  const found: unknown = attempt(() => JSON.parse(text), null);
  if (!isObject(found)) return null;
  const { format, time, etag, offersStreaming, body } = found;
  if (format !== 1 || typeof body !== "string") return null;
  if (typeof time !== "number") return null;
  return {
    time,
    etag: isTag(etag) ? etag : null,
    offersStreaming: offersStreaming === true,
    body,
  };
}

// What may stand in a header (RFC 9110, 5.5), with or without the quotation marks of a proper tag.
function isTag(value: unknown): value is string {
  return typeof value === "string" && value.length <= 1024 &&
    /^[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?$/.test(value);
}
