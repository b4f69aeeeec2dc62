import { decryptFields } from "./decrypt_fields.ts";
import { findEncrypted } from "./find_encrypted.ts";
import { closePayload } from "../read/take_payload.ts";
import { takeDecrypted } from "./take_decrypted.ts";
import type { ParsedPayload } from "../read/parsed_payload.ts";

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
  const decrypting = decryptFields(findEncrypted(input), key);
  const taken = await takeDecrypted(input, decrypting);
  return closePayload(taken) as ParsedPayload<Features>;
}
