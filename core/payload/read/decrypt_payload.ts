import { finish } from "../../support/finish.ts";
import { startCopier } from "./copier.ts";
import { closePayload } from "./close_payload.ts";
import { decrypt } from "./decrypt.ts";
import { report } from "./findings.ts";
import { type OpenedField, openField } from "./open_field.ts";
import { openPayload } from "./open_payload.ts";
import type { ParsedPayload } from "./parsed_payload.ts";
import { encryptedFields, type PayloadField } from "./payload_fields.ts";
import { placeAt, wholePayload } from "./place.ts";
import { showValue } from "./show_value.ts";

/**
 * Does what `parsePayload` does, and decrypts the fields that a server encrypted.
 *
 * `input` is an answer of the GrowthBook API; what is not encrypted is accepted too. `key` is the
 * SDK connection's decryption key, in base64. Each of `encryptedFeatures`, `encryptedSavedGroups`,
 * `encryptedContextualBandits` and `encryptedExperiments` takes the place of its plain twin, and
 * issues in it have paths as if it had been plain.
 *
 * A field that can't be decrypted, or that holds something else than it should, is an issue with
 * the code `"decryption-failed"`, and the plain twin stays. Neither the key nor what was decrypted
 * nor what could not be is ever part of an issue. Never rejects.
 *
 * @example
 * ```ts
 * import { decryptPayload } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const encryptedFeatures = "m5ylFM6ndyOJA2OPadubkw==." +
 *   "Uu7ViqgKEt/dWvCyhI46q088PkAEJbnXKf3KPZjf9IEQQ+A8fojNoxw4wIbPX3aj";
 * const answer = { status: 200, features: {}, encryptedFeatures };
 *
 * const { payload, issues } = await decryptPayload(answer, "Zvwv/+uhpFDznZ6SX28Yjg==");
 * assertEquals(payload.features, { feature: { defaultValue: true } });
 * assertEquals(issues, []);
 *
 * const failed = await decryptPayload(answer, "AAAAAAAAAAAAAAAAAAAAAA==");
 * assertEquals(failed.issues.map(({ code }) => code), ["decryption-failed"]);
 * ```
 */
export async function decryptPayload<Features extends object = object>(
  input: unknown,
  key: string,
): Promise<ParsedPayload<Features>> {
  const opened = finish(openPayload(input));
  const fields = new Map(opened.fields);
  const encrypted = new Map(opened.encrypted);
  for (const [field, text] of opened.encrypted) {
    const decrypted = await decryptField(field, text, key);
    if (typeof decrypted === "string") {
      const name = encryptedFields[field];
      report(
        opened.findings,
        placeAt(wholePayload, name),
        "decryption-failed",
        `Cannot decrypt ${name}: ${decrypted}`,
      );
    } else {
      fields.set(field, decrypted);
      encrypted.delete(field);
    }
  }
  const closed = closePayload({ ...opened, fields, encrypted });
  return closed as ParsedPayload<Features>;
}

/** Decrypts a field and reads what is in it; where that fails, tells why. */
async function decryptField(
  field: PayloadField,
  text: string,
  key: string,
): Promise<OpenedField | string> {
  let plain: string;
  try {
    plain = await decrypt(text, key);
  } catch (error) {
    return readReason(error);
  }
  const place = placeAt(wholePayload, field);
  const value = parseJson(plain);
  if (value === undefined) return "the decrypted text is not JSON";
  const opened = finish(openField(startCopier(true), field, value, place));
  if (opened !== null && opened.wrong === null) return opened;
  const expected = field === "experiments" ? "an array" : "an object";
  const found = typeof value === "object"
    ? showValue(value)
    : `a ${typeof value}`;
  return `the decrypted text is ${found}, not ${expected}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the reason: it quotes the text.
    return undefined;
  }
}

/** What `decrypt` says, which has nothing secret in it; of any other error, nothing. */
function readReason(error: unknown): string {
  const start = "Cannot decrypt: ";
  return error instanceof Error && error.message.startsWith(start)
    ? error.message.slice(start.length)
    : "the decryption failed for an unknown reason";
}
