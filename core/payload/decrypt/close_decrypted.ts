import type { PayloadIssue } from "../../types/payload_issue.ts";
import { finish } from "../../support/finish.ts";
import { report } from "../read/findings.ts";
import type { ParsedPayload } from "../read/parsed_payload.ts";
import { encryptedFields } from "../read/payload_fields.ts";
import { placeAt, wholePayload } from "../read/place.ts";
import {
  closePayload,
  type TakenPayload,
  takePayload,
} from "../read/take_payload.ts";
import type { DecryptedFields } from "./decrypt_fields.ts";

/** Makes the payload of what was taken, and of what was encrypted in it and is decrypted by now. */
export function closeDecrypted(
  { payload, findings, encrypted }: TakenPayload,
  decrypted: DecryptedFields,
): ParsedPayload {
  const values: { [field: string]: unknown } = {};
  const isStill = ({ path, code }: PayloadIssue) =>
    code !== "encrypted" && !Object.hasOwn(values, path.split("/")[1] ?? "");
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
  const answer = { ...payload, ...values, status: 200 };
  // What was wrong with a plain twin is wrong no more. All warnings so far tell of what was encrypted.
  const issues = findings.issues.filter(isStill);
  const left = { ...findings, issues, warnings: 0 };
  const taking = { isOwner: true, findings: left };
  return closePayload(finish(takePayload(answer, taking)));
}
