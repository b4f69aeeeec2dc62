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

/** Reads an answer that was kept; null where it is none, for whatever reason. */
export function readKept(text: unknown): KeptAnswer | null {
  if (typeof text !== "string") return null;
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof found !== "object" || found === null) return null;
  const { format, time, etag, offersStreaming, body } = found as {
    readonly [name: string]: unknown;
  };
  if (format !== 1 || typeof body !== "string") return null;
  if (typeof time !== "number") return null;
  return {
    time,
    etag: typeof etag === "string" ? etag : null,
    offersStreaming: offersStreaming === true,
    body,
  };
}
