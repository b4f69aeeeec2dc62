import type { Attributes } from "../../../core/types/attributes.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import type { SourceReport } from "../../sources/source_report.ts";

/** Variation indices by experiment key. */
export interface ForcedVariations {
  /** The index of the variation that every user gets. */
  readonly [experimentKey: string]: number;
}

/** Values by feature key. */
export interface ForcedFeatureValues {
  /** The value that every user gets. */
  readonly [featureKey: string]: JsonValue;
}

/** What changes a client's state. All of it passes through one queue. */
export type ClientInput =
  | {
    readonly type: "payload";
    readonly payload: Payload;
    readonly issues: readonly PayloadIssue[];
    /** Whether the server made it for the user; those are ordered by the last question. */
    readonly isRemote: boolean;
    /** Whether it is the initial payload of the options, which serves until there is another. */
    readonly isInitial?: boolean;
    /** When it came, in milliseconds since 1970. */
    readonly now?: number;
  }
  | {
    readonly type: "refused";
    readonly report: SourceReport;
    /** Whether it answers the question about the user. */
    readonly isRemote: boolean;
  }
  | { readonly type: "report"; readonly report: SourceReport }
  | { readonly type: "attributes"; readonly attributes: Attributes }
  | { readonly type: "update"; readonly attributes: Attributes }
  | { readonly type: "url"; readonly url: string }
  | { readonly type: "variations"; readonly forced: ForcedVariations }
  | { readonly type: "values"; readonly forced: ForcedFeatureValues }
  | { readonly type: "asking" }
  | {
    readonly type: "sticky";
    /** The documents; undefined where evaluation is to go on without. */
    readonly documents: StickyAssignmentDocuments | undefined;
    /** The attributes whose documents are still to be waited for. */
    readonly awaited: readonly string[];
    /** Whether the documents could not be loaded. */
    readonly isFailed: boolean;
  }
  | { readonly type: "closed" };
