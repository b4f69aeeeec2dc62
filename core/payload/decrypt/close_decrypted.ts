import type { Payload } from "../../types/payload.ts";
import { finish } from "../../support/finish.ts";
import { listIssues, report } from "../read/findings.ts";
import type { ParsedPayload } from "../read/parsed_payload.ts";
import { encryptedFields } from "../read/payload_fields.ts";
import { placeAt, wholePayload } from "../read/place.ts";
import { type TakenPayload, takePayload } from "../read/take_payload.ts";
import type { DecryptedFields } from "./decrypt_fields.ts";

/** Makes the payload of what was taken, and of what was encrypted in it and is decrypted by now. */
export function closeDecrypted(
  { payload, findings, encrypted }: TakenPayload,
  decrypted: DecryptedFields,
): ParsedPayload {
  const values: { [field: string]: unknown } = {};
  const isStill = ({ path, code }: { path: string; code: string }) =>
    code !== "encrypted" && !Object.hasOwn(values, path.split("/", 2)[1] ?? "");
  for (const field of encrypted.keys()) {
    const { value, reason = "what decrypts could not be loaded" } =
      decrypted[field] ?? {};
    if (value !== undefined) values[field] = value;
    else {
      const name = encryptedFields[field];
      const message = `Cannot decrypt ${name}: ${reason}`;
      const place = placeAt(wholePayload, name);
      report(findings, place, "decryption-failed", message);
    }
  }
  const answer = { status: 200, features: {}, ...values };
  const taken = finish(takePayload(answer, { isOwner: true }));
  // What was wrong with a plain twin is wrong no more.
  findings.issues = findings.issues.filter(isStill)
    .concat(taken.findings.issues);
  const laid: { [field: string]: unknown } = { ...payload };
  for (const field in values) {
    laid[field] = taken.payload[field as keyof Payload];
  }
  return {
    payload: Object.freeze(laid) as unknown as Payload,
    issues: listIssues(findings),
  };
}
