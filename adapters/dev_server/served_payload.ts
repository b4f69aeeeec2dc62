import type { Payload } from "../../core/types/payload.ts";

/** A payload as a server gives it, made once for all that ask. */
export interface ServedPayload {
  /** The definitions, for remote evaluation. */
  readonly payload: Payload;
  /** When the definitions last changed, as ISO 8601. */
  readonly dateUpdated: string;
  /** The answer to those who ask for it, as JSON; encrypted where the server encrypts. */
  readonly body: string;
  /** The tag of exactly this answer, quoted. */
  readonly etag: string;
}
