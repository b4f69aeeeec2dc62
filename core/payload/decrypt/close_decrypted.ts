import { finish } from "../../support/finish.ts";
import { closePayload } from "../read/close_payload.ts";
import { startCopier } from "../read/copier.ts";
import type { DecryptJson } from "./decrypt_json.ts";
import { openField } from "../read/open_field.ts";
import type { OpenedPayload } from "../read/open_payload.ts";
import type { ParsedPayload } from "../read/parsed_payload.ts";
import type { PayloadField } from "../read/payload_fields.ts";
import { placeAt, wholePayload } from "../read/place.ts";
import { showValue } from "../read/show_value.ts";

/** Makes the payload of what was read, once its encrypted fields are decrypted. */
export async function closeDecrypted(
  opened: OpenedPayload,
  decrypt: DecryptJson,
): Promise<ParsedPayload> {
  const { fields, encrypted } = opened;
  const failures = new Map<PayloadField, string>();
  for (const [field, text] of [...encrypted]) {
    const { value, reason } = await decrypt(text);
    const place = placeAt(wholePayload, field);
    const reading = { copier: startCopier(), isOwner: true };
    const found = finish(openField(reading, field, value, place));
    if (found?.entries) {
      fields.set(field, found);
      encrypted.delete(field);
    } else failures.set(field, reason ?? describe(field, value));
  }
  return closePayload(opened, failures);
}

function describe(field: PayloadField, value: unknown): string {
  const expected = field === "experiments" ? "an array" : "an object";
  const found = typeof value === "object"
    ? showValue(value)
    : `a ${typeof value}`;
  return `the decrypted text is ${found}, not ${expected}`;
}
