/** What a mark takes as bytes: who was shown what, its position in the log, and when it was made. */
const size = 4 * 8;

/** Puts marks into bytes, one after the other. */
export interface MarkWriter {
  /** Adds a mark. */
  readonly add: (
    user: number,
    shown: number,
    position: number,
    time: number,
  ) => void;
  /** Gives the bytes of all that were added. */
  readonly bytes: () => Uint8Array;
}

/**
 * Creates what puts up to `count` marks into bytes, which are the same on every machine.
 *
 * @example
 * ```ts
 * import { readMarks, writeMarks } from "./mark_bytes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const writer = writeMarks(2);
 * writer.add(7, 1, 100, 5000);
 * const found: unknown[] = [];
 * readMarks(writer.bytes(), (...mark) => found.push(mark));
 * assertEquals(found, [[7, 1, 100, 5000]]);
 * ```
 */
export function writeMarks(count: number): MarkWriter {
  const bytes = new Uint8Array(count * size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  return {
    add: (user, shown, position, time) => {
      view.setFloat64(at, user, true);
      view.setFloat64(at + 8, shown, true);
      view.setFloat64(at + 16, position, true);
      view.setFloat64(at + 24, time, true);
      at += size;
    },
    bytes: () => bytes.subarray(0, at),
  };
}

/** Reads marks from bytes. What is left at their end, as in a damaged file, is none. */
export function readMarks(
  { buffer, byteOffset, byteLength }: Uint8Array,
  take: MarkWriter["add"],
): void {
  const view = new DataView(buffer, byteOffset, byteLength);
  for (let at = 0; at + size <= byteLength; at += size) {
    take(
      view.getFloat64(at, true),
      view.getFloat64(at + 8, true),
      view.getFloat64(at + 16, true),
      view.getFloat64(at + 24, true),
    );
  }
}
