import {
  encryptedFields,
  payloadFields,
} from "../../core/payload/read/payload_fields.ts";
import type { Payload } from "../../core/types/payload.ts";
import { encrypt } from "./encrypt.ts";
import type { ServedPayload } from "./served_payload.ts";

/** Makes what a server gives of a payload; encrypted where there is a key, in base64. */
export async function createServedPayload(
  payload: Payload,
  dateUpdated: string,
  encryptionKey: string | null,
): Promise<ServedPayload> {
  const answer: Record<string, unknown> = { status: 200, features: {} };
  for (const field of payloadFields) {
    const value = payload[field];
    if (value === undefined) continue;
    if (encryptionKey === null) answer[field] = value;
    else {
      const text = JSON.stringify(value);
      answer[encryptedFields[field]] = await encrypt(text, encryptionKey);
    }
  }
  const body = JSON.stringify({ ...answer, dateUpdated });
  return { payload, dateUpdated, body, etag: await createTag(body) };
}

async function createTag(body: string): Promise<string> {
  const bytes = new TextEncoder().encode(body);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hexadecimal = [...new Uint8Array(digest).subarray(0, 16)]
    .map((byte) => byte.toString(16).padStart(2, "0"));
  return `"${hexadecimal.join("")}"`;
}
