import type { PayloadField } from "../read/payload_fields.ts";
import type { DecryptedFields } from "../read/take_payload.ts";
import { type DecryptedJson, decryptJson } from "./decrypt_json.ts";

/**
 * Decrypts the texts of fields. What was in them is never part of a reason. Never rejects. It imports nothing
 * that reads payloads: a page loads it apart, and has that already.
 */
export async function decryptFields(
  encrypted: ReadonlyMap<PayloadField, string>,
  key: string,
): Promise<DecryptedFields> {
  const decrypted: { [Field in PayloadField]?: DecryptedJson } = {};
  for (const [field, text] of encrypted) {
    const read = await decryptJson(text, key);
    const expected = field === "experiments" ? "an array" : "an object";
    const found = describe(read.value);
    decrypted[field] = read.reason !== undefined || found === expected
      ? read
      : { reason: `the decrypted text is ${found}, not ${expected}` };
  }
  return decrypted;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return `a ${typeof value}`;
  return Array.isArray(value) ? "an array" : "an object";
}
