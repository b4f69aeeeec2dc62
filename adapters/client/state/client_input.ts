import type { Context } from "../../../core/types/context.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import type { ClientState } from "./client_state.ts";

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

/** A payload that came. Whether it serves is for the state to say. */
export interface PayloadInput {
  readonly type: "payload";
  readonly payload: Payload;
  readonly issues: readonly PayloadIssue[];
  /** Whether the server made it for the user; those are ordered by the last question. */
  readonly isRemote: boolean;
  /** Whether it is the initial payload of the options, which serves until there is another. */
  readonly isInitial: boolean;
  /** When it came, in milliseconds since 1970; `NaN` where its date is not compared. */
  readonly now: number;
}

/** Anything else that changes: the parts that are replaced. */
export interface ChangeInput {
  readonly type: "change";
  /** What evaluations read; undefined takes a part away. */
  readonly context?: ContextPart;
  /** Whether the attributes are laid over those that are there. */
  readonly isUpdate?: boolean;
  /** The keys of the sticky bucket assignments that are all that was added; undefined for any other change. */
  readonly assigned?: readonly string[] | undefined;
  /** What else is known. */
  readonly state?: Partial<Omit<ClientState, "context" | "status">>;
}

/** A part of a context, before what says nothing is left out. */
export type ContextPart = {
  readonly [Name in keyof Context<object>]?: Context<object>[Name] | undefined;
};

/** What changes a client's state. All of it passes through one queue. */
export type ClientInput = PayloadInput | ChangeInput;
