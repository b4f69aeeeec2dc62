import {
  decryptPayload,
  parsePayload,
  type Payload,
  type PayloadIssue,
} from "../../../core/mod.ts";
import { lintPayload } from "../../../core/lint/mod.ts";
import { describeIssue } from "./describe_issue.ts";
import { describeName } from "../text/describe_value.ts";

/** A payload with all that is wrong with it, or in one line why it could not even be read. */
export type InspectedPayload =
  | {
    readonly kind: "inspected";
    readonly payload: Payload;
    readonly issues: readonly PayloadIssue[];
  }
  | { readonly kind: "unreadable"; readonly message: string };

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
  const inspected = await inspectText(text, key);
  if (inspected.kind === "unreadable") {
    return { kind: "unusable", message: inspected.message };
  }
  const { payload, issues } = inspected;
  const first = issues.find(({ severity }) => severity === "error");
  if (Object.keys(payload.features).length > 0) {
    return { kind: "loaded", payload, issues };
  }
  const reason = first === undefined ? "" : ` (${describeIssue(first)})`;
  return {
    kind: "unusable",
    message: first?.code === "not-json" && first.path === ""
      ? describeName(first.message)
      : `Cannot use the payload: it has no usable features${reason}`,
  };
}

/**
 * Reads a payload from its text with all that is wrong with it, also where nothing of it can be used.
 * It is unreadable only where it is encrypted and the key is missing or wrong.
 */
export async function inspectText(
  text: string,
  key: string | null,
): Promise<InspectedPayload> {
  const json = parseText(text);
  if (json instanceof Error) {
    const message = `Cannot use the payload: it is not JSON, ${json.message}`;
    const issue = { path: "", code: "not-json", severity: "error", message };
    return {
      kind: "inspected",
      payload: { features: {} },
      issues: [issue as PayloadIssue],
    };
  }
  const { payload, issues } = key === null
    ? parsePayload(json)
    : await decryptPayload(json, key);
  const sealed = issues.find(({ code }) =>
    code === "encrypted" || code === "decryption-failed"
  );
  if (sealed === undefined) {
    const all = key === null
      ? lintPayload(json)
      : [...issues, ...lintPayload(payload)];
    return { kind: "inspected", payload, issues: all };
  }
  const reason = sealed.code === "encrypted"
    ? "it is encrypted, and there is no --key"
    : describeIssue(sealed);
  return {
    kind: "unreadable",
    message: `Cannot use the payload: ${reason}`,
  };
}

function parseText(text: string): unknown {
  try {
    // Files that come from Windows may begin with a byte order mark, which JSON doesn't know.
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    return error;
  }
}
