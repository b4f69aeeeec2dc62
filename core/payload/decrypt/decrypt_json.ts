import { decrypt } from "./decrypt.ts";

/** The value of a decrypted text, or why there is none. */
export interface DecryptedJson {
  /** The value; undefined where there is none. */
  readonly value?: unknown;
  /** Why there is none. */
  readonly reason?: string;
}

/** Decrypts a text that holds JSON. What was in it is never part of a reason. Never rejects. */
export async function decryptJson(
  text: string,
  key: string,
): Promise<DecryptedJson> {
  let plain: string;
  try {
    plain = await decrypt(text, key);
  } catch (error) {
    return { reason: readReason(error) };
  }
  try {
    return { value: JSON.parse(plain) };
  } catch {
    // Without the cause: it quotes the text.
    return { reason: "the decrypted text is not JSON" };
  }
}

/** What `decrypt` says, which has nothing secret in it; of any other error, nothing. */
function readReason(error: unknown): string {
  const start = "Cannot decrypt: ";
  return error instanceof Error && error.message.startsWith(start)
    ? error.message.slice(start.length)
    : "the decryption failed for an unknown reason";
}
