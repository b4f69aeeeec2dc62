import {
  decryptPayload,
  parsePayload,
  type Payload,
  type PayloadIssue,
} from "../../../core/mod.ts";
import { describeIssue } from "./describe_issue.ts";
import { describeName } from "../text/describe_value.ts";

/** A payload that can be evaluated, or in one line why there is none. */
export type LoadedPayload =
  | {
    readonly kind: "loaded";
    readonly payload: Payload;
    readonly issues: readonly PayloadIssue[];
  }
  | { readonly kind: "unusable"; readonly message: string };

/**
 * Reads a payload from its text, and decrypts it with `key` where it is encrypted. A part that
 * can't be decrypted makes the whole payload unusable, and so does the lack of any feature.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const loaded = await loadPayload('{"features":{"dark":{"defaultValue":true}}}', null);
 * assertEquals(loaded.kind, "loaded");
 * ```
 */
export async function loadPayload(
  text: string,
  key: string | null,
): Promise<LoadedPayload> {
  const json = parseText(text);
  if (json instanceof Error) {
    return unusable(`it is not JSON, ${describeName(json.message)}`);
  }
  const { payload, issues } = key === null
    ? parsePayload(json)
    : await decryptPayload(json, key);
  const sealed = issues.find(({ code }) =>
    code === "encrypted" || code === "decryption-failed"
  );
  if (sealed?.code === "encrypted") {
    return unusable("it is encrypted, and there is no --key");
  }
  if (sealed !== undefined) return unusable(describeIssue(sealed));
  if (Object.keys(payload.features).length === 0) {
    const first = issues.find(({ severity }) => severity === "error");
    const reason = first === undefined ? "" : ` (${describeIssue(first)})`;
    return unusable(`it has no usable features${reason}`);
  }
  return { kind: "loaded", payload, issues };
}

function parseText(text: string): unknown {
  try {
    // Files that come from Windows may begin with a byte order mark, which JSON doesn't know.
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    return error;
  }
}

function unusable(reason: string): LoadedPayload {
  return { kind: "unusable", message: `Cannot use the payload: ${reason}` };
}
