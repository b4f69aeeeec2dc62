import {
  encryptedFields,
  type PayloadField,
  payloadFields,
} from "../read/payload_fields.ts";
import { readSafely } from "../read/read_safely.ts";

/** Finds the texts of the fields of a payload that are encrypted. */
export function findEncrypted(
  input: unknown,
): ReadonlyMap<PayloadField, string> {
  const texts = new Map<PayloadField, string>();
  for (const field of payloadFields) {
    const text = readSafely(Object(input), encryptedFields[field]);
    if (typeof text === "string" && text !== "") texts.set(field, text);
  }
  return texts;
}
