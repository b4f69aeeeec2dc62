import type {
  OverridesChangedData,
  PayloadLoadedData,
  SourceFailedData,
} from "../../../core/events/types/input_event.ts";
import { readOwn } from "../../../core/support/read_own.ts";
import type { ClientEvent } from "../client.ts";
import type { ClientInput } from "./client_input.ts";
import type { ClientState } from "./client_state.ts";
import type { PayloadKnowledge } from "../payload/payload_knowledge.ts";

/** An input as an event. */
export interface DescribedInput {
  /** Its type. */
  readonly type: ClientEvent["type"];
  /** Its data. */
  readonly data: object;
}

/**
 * Gives the event that tells of an input that changed a client's state; null where it changed nothing that
 * decisions depend on.
 */
export function describeInput(
  input: ClientInput,
  previous: ClientState,
  { context, payload }: ClientState,
  { digest }: PayloadKnowledge,
): DescribedInput | null {
  if (input.type === "payload") {
    if (payload === null || payload === previous.payload) return null;
    const data: PayloadLoadedData = {
      digest: digest(payload) ?? "",
      dateUpdated: payload.dateUpdated ?? null,
      changed: changedKeys(previous.context.features, context.features),
      issues: input.issues,
    };
    return { type: "payload.loaded", data };
  }
  const { context: part = {}, state: { refusal, report } = {} } = input;
  const failure = refusal ?? report;
  if (failure?.type === "failed") {
    const { code, message, issues } = failure;
    const data: SourceFailedData = { code, message, issues };
    return { type: "source.failed", data };
  }
  const {
    attributes = {},
    url = "",
    forcedVariations = {},
    forcedFeatureValues = {},
  } = context;
  if (part.attributes) {
    return { type: "attributes.changed", data: { attributes } };
  }
  if (part.url !== undefined) return { type: "url.changed", data: { url } };
  if (!part.forcedVariations && !part.forcedFeatureValues) return null;
  const data: OverridesChangedData = { forcedVariations, forcedFeatureValues };
  return { type: "overrides.changed", data };
}

// Payloads that follow each other share what is equal in them.
function changedKeys(before: object = {}, after: object = {}): string[] {
  return Object.keys({ ...after, ...before })
    .filter((key) => readOwn(before, key) !== readOwn(after, key));
}
