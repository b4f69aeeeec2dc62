import {
  encryptedFields,
  payloadFields,
} from "../../core/payload/read/payload_fields.ts";
import { payloadDigest } from "../../core/payload/reconcile/payload_digest.ts";
import type { Payload } from "../../core/types/payload.ts";
import { encrypt } from "./encrypt.ts";
import { createTag } from "./http/create_tag.ts";

/** A payload as a server gives it, made once for all requests. */
export interface ServedPayload {
  /** The definitions, for remote evaluation. */
  readonly payload: Payload;
  /** What stands for the definitions. */
  readonly digest: string;
  /** When the definitions last changed, as ISO 8601. */
  readonly dateUpdated: string;
  /** The answer to a request for it, as JSON; encrypted where the server encrypts. */
  readonly body: string;
  /** The tag of exactly this answer, quoted. */
  readonly etag: string;
}

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
  return {
    payload,
    digest: payloadDigest(payload),
    dateUpdated,
    body,
    etag: await createTag(body),
  };
}
