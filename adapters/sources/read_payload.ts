import { findEncrypted } from "../../core/payload/decrypt/find_encrypted.ts";
import { takeDecrypted } from "../../core/payload/decrypt/take_decrypted.ts";
import type { ParsedPayload } from "../../core/payload/read/parsed_payload.ts";
import {
  closePayload,
  type TakenPayload,
  takePayload,
} from "../../core/payload/read/take_payload.ts";
import { layPayload } from "../../core/payload/reconcile/lay_payload.ts";
import { finish } from "../../core/support/finish.ts";
import type { Payload } from "../../core/types/payload.ts";
import type {
  PayloadIssue,
  PayloadIssueCode,
} from "../../core/types/payload_issue.ts";
import { inTurns, type Turns } from "../support/time/in_turns.ts";

/** A payload of a source, read. */
export interface ReadPayload
  extends ParsedPayload, Pick<TakenPayload, "isMap"> {
  /** Why the payload may not take the place of the one before: the first issue of that kind. */
  readonly refusal: PayloadIssue | null;
}

/**
 * Reads the payload of a source with suspicion, and tells whether it may be used: it may not where it is
 * no payload, has no features, where the server reported an error, or where a part of it is encrypted
 * and could not be read. Single definitions that are malformed don't stand in the way; but a bare map
 * in which nothing is a feature, such as `{ message: "Not found" }`, is no payload.
 *
 * Answers at once, unless there is something to decrypt and a key to do it with; then it is a
 * promise, which never rejects.
 *
 * @example
 * ```ts
 * import { readPayload } from "./read_payload.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const read = await readPayload({ status: 400, error: "No such key" });
 * assertEquals(read.refusal?.code, "error-response");
 * ```
 */
export function readPayload(
  input: unknown,
  decryptionKey?: string,
): ReadPayload | Promise<ReadPayload> {
  return decrypt(input, decryptionKey) ?? judge(finish(takePayload(input)));
}

/** How a payload is read in turns. */
export interface TurnsOfReading extends Turns {
  /** The key, where the payload is encrypted. */
  readonly decryptionKey: string | undefined;
  /** The payload before it: what is the same in both keeps its identity. */
  readonly previous: Payload | null;
  /** Whether no other code holds the payload, which came from `JSON.parse`: it needs no copy then. */
  readonly isOwner?: boolean;
}

/** So many definitions of what is copied are read at once. */
const definitionsAtOnce = 2_000;

/**
 * Does what {@linkcode readPayload} does. A payload of more than 2,000 definitions is read in turns, so
 * that everything else has its turn meanwhile, and shares with the payload before it what is the same in
 * both. Null comes back where `isOver` says that nothing waits for it.
 */
export function readInTurns(
  input: unknown,
  { previous, decryptionKey, isOwner = false, ...turns }: TurnsOfReading,
): ReadPayload | Promise<ReadPayload | null> {
  const decrypting = decrypt(input, decryptionKey);
  const steps = takePayload(input, { isOwner });
  const isTried = !isOwner && decrypting === null;
  for (let count = 0; isTried && count < definitionsAtOnce; count++) {
    const step = steps.next();
    if (step.done) return judge(step.value);
  }
  const readOn = async () => {
    const taken = decrypting === null ? await inTurns(steps, turns) : null;
    const read = taken === null ? await decrypting : judge(taken);
    if (read === null || read.refusal !== null) return read;
    const payload = await inTurns(layPayload(previous, read.payload), turns);
    return payload && { ...read, payload };
  };
  return readOn();
}

/** Reads what is encrypted with what is loaded for it; null where nothing is, or there is no key. */
function decrypt(
  input: unknown,
  key: string | undefined,
): Promise<ReadPayload> | null {
  if (key === undefined) return null;
  const encrypted = findEncrypted(input);
  if (encrypted.size === 0) return null;
  const decrypting = import("../../core/payload/decrypt/decrypt_fields.ts")
    .then(({ decryptFields }) => decryptFields(encrypted, key))
    // None of them is decrypted, then, and the issues say so.
    .catch(() => ({}));
  return takeDecrypted(input, decrypting).then(judge);
}

/** What is wrong with an object in which no features are. */
export const noFeatures: PayloadIssue = Object.freeze({
  path: "",
  code: "not-a-payload",
  severity: "error",
  message: "Cannot use the payload: there are no features in it",
});

/** The codes of what keeps a payload from being used as a whole. */
const fatalCodes: readonly PayloadIssueCode[] = [
  "not-a-payload",
  "error-response",
  "too-large",
  "encrypted",
  "decryption-failed",
];

/** Tells whether an issue keeps a payload from being used as a whole: without features, too, it is none. */
export function isFatalIssue({ code, path }: PayloadIssue): boolean {
  return fatalCodes.includes(code) ||
    path === "/features" && (code === "missing-field" || code === "wrong-type");
}

function judge(taken: TakenPayload): ReadPayload {
  const { payload, issues } = closePayload(taken);
  const { isMap } = taken;
  const refusal = issues.find(isFatalIssue) ?? null;
  // `{}` is a map of features, too: an empty one.
  const isForeign = refusal === null && isMap && issues.length > 0 &&
    Object.keys(payload.features).length === 0;
  return isForeign
    ? { payload, issues: [noFeatures, ...issues], refusal: noFeatures, isMap }
    : { payload, issues, refusal, isMap };
}
