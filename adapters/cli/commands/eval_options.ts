import type { Attributes } from "../../../core/mod.ts";
import type { StickyAssignmentDocuments } from "../../../core/mod.ts";

/** What the command is to do. */
export interface EvalOptions {
  /** The path of the payload, `-` for standard input; null for the example. */
  readonly payload: string | null;
  /** The key that decrypts the payload. It is never shown. */
  readonly key: string | null;
  /** The user; null for nothing said about one. */
  readonly attributes: Attributes | null;
  /** The URL of the page; null for none. */
  readonly url: string | null;
  /** The keys of the features to evaluate; empty for all. */
  readonly features: readonly string[];
  /** The user's sticky buckets; null turns sticky bucketing off. */
  readonly stickyBuckets: StickyAssignmentDocuments | null;
  /** Whether to tell the whole explanation. */
  readonly explain: boolean;
  /** Whether to answer with JSON. */
  readonly json: boolean;
}

/** What the arguments of the command ask for. */
export type ParsedArguments =
  | { readonly kind: "help" }
  | { readonly kind: "evaluate"; readonly options: EvalOptions }
  | { readonly kind: "invalid"; readonly message: string };
