import type { Payload, PayloadIssue } from "../../../core/mod.ts";

/** A payload that can be evaluated, or in one line why there is none. */
export type LoadedPayload =
  | {
    readonly kind: "loaded";
    readonly payload: Payload;
    readonly issues: readonly PayloadIssue[];
  }
  | { readonly kind: "unusable"; readonly message: string };
