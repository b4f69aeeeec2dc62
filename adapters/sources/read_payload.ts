import { parsePayload } from "../../core/payload/read/parse_payload.ts";
import type { ParsedPayload } from "../../core/payload/read/parsed_payload.ts";
import { keysSafely } from "../../core/payload/read/read_safely.ts";
import { isObject } from "../../core/support/read_own.ts";
import type {
  PayloadIssue,
  PayloadIssueCode,
} from "../../core/types/payload_issue.ts";

/** What a source gave, read. */
export interface ReadPayload extends ParsedPayload {
  /** Whether the payload may take the place of the one before. */
  readonly usable: boolean;
}

/**
 * Reads what a source gave with suspicion, and tells whether it may be used: it may not where it is
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
 * assertEquals(read.usable, false);
 * ```
 */
export function readPayload(
  input: unknown,
  decryptionKey?: string,
): ReadPayload | Promise<ReadPayload> {
  const parsed = parsePayload(input);
  const isEncrypted = parsed.issues.some(({ code }) => code === "encrypted");
  return isEncrypted && decryptionKey !== undefined
    ? decrypt(input, decryptionKey, parsed).then(judge)
    : judge(isForeign(input, parsed) ? refuse(parsed) : parsed);
}

/** Decrypts with what is loaded where it is needed. */
async function decrypt(
  input: unknown,
  key: string,
  parsed: ParsedPayload,
): Promise<ParsedPayload> {
  try {
    const { decryptPayload } = await import(
      "../../core/payload/read/decrypt_payload.ts"
    );
    return await decryptPayload(input, key);
  } catch {
    // Where it can't be loaded, the payload stays encrypted, which is an issue.
    return parsed;
  }
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

function judge(parsed: ParsedPayload): ReadPayload {
  return { ...parsed, usable: !parsed.issues.some(isFatalIssue) };
}

// `{}` is a map of features, too: an empty one.
function isForeign(input: unknown, parsed: ParsedPayload): boolean {
  return !isAnswer(input) && namesOf(input).length > 0 &&
    Object.keys(parsed.payload.features).length === 0 &&
    !parsed.issues.some(isFatalIssue);
}

function refuse(parsed: ParsedPayload): ParsedPayload {
  return { ...parsed, issues: [noFeatures, ...parsed.issues] };
}

/** Tells what has a place for features, as an answer of the API has, from a bare map of features. */
export function isAnswer(input: unknown): boolean {
  const names = namesOf(input);
  return names.includes("features") || names.includes("encryptedFeatures");
}

function namesOf(input: unknown): readonly string[] {
  return isObject(input) ? keysSafely(input) ?? [] : [];
}
