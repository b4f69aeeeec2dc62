import { readTextFile } from "../cli/payload/read_text_file.ts";
import { describeReadError } from "../cli/payload/describe_read_error.ts";
import { readAnswer } from "../growthbook/read_answer.ts";
import { systemClock } from "../support/time/clock.ts";
import type { Payload } from "../../core/types/payload.ts";

/** A payload that was read from a file, or in one line why none could be. */
export type LoadedFile =
  | { readonly kind: "loaded"; readonly payload: Payload }
  | { readonly kind: "unusable"; readonly message: string };

/** Reads a payload from a file; what is encrypted in it is decrypted where there is a key. */
export async function loadPayloadFile(
  path: string,
  key: string | null,
): Promise<LoadedFile> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    return {
      kind: "unusable",
      message: describeReadError(path, error as Error),
    };
  }
  // Files that come from Windows may begin with a byte order mark, which JSON doesn't know.
  const read = await readAnswer(text.replace(/^\ufeff/, ""), {
    decryptionKey: key ?? undefined,
    clock: systemClock,
    time: systemClock.now,
  });
  if (!("cause" in read)) return { kind: "loaded", payload: read.payload };
  const message = read.cause === "refused"
    ? read.fatal.message
    : "Cannot use the payload: the answer is not JSON";
  return { kind: "unusable", message };
}
