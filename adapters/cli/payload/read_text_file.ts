import { createReadStream } from "node:fs";

/** The most bytes that are read of a payload: as many as the sources of payloads take. */
const mostBytes: number = 2 ** 26;

/**
 * Reads a file as text, and a pipe or a device as well. Rejects with the system's error where that
 * can't be done, and with a `RangeError` where there are more than `most` bytes.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => readTextFile("/dev/zero", 1000), RangeError);
 * ```
 */
export async function readTextFile(
  path: string,
  most: number = mostBytes,
): Promise<string> {
  return await readLimitedText(createReadStream(path), most);
}

/**
 * Reads pieces of bytes as text. Rejects with a `RangeError` where they are more than `most`, and with a
 * `TypeError` where they are no UTF-8, which JSON is: such a file would be read otherwise by each reader.
 */
export async function readLimitedText(
  pieces: AsyncIterable<Uint8Array>,
  most: number = mostBytes,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (piece?: Uint8Array) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new TypeError("it is not UTF-8");
    }
  };
  let text = "";
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most) {
      throw new RangeError(
        `it has more than ${most.toLocaleString("en-US")} bytes`,
      );
    }
    text += decode(piece);
  }
  return text + decode();
}
