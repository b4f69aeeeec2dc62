import type {
  OverridesChangedData,
  PayloadLoadedData,
  SourceFailedData,
} from "../../../core/events/types/input_event.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { ClientEvent } from "../client.ts";
import type { ClientInput } from "./client_input.ts";
import type { ClientState } from "./client_state.ts";
import { differences } from "./context_changes.ts";
import type { PayloadKnowledge } from "../payload/payload_knowledge.ts";

/** An input as an event. */
export interface DescribedInput {
  /** Its type. */
  readonly type: ClientEvent["type"];
  /** Its data. */
  readonly data: object;
}

/**
 * Gives an input that changed a client's state as an event; null for one that changed nothing which
 * decisions go by.
 */
export function describeInput(
  input: ClientInput,
  previous: ClientState,
  { context, payload }: ClientState,
  { digest }: PayloadKnowledge,
): DescribedInput | null {
  const { attributes = {}, url = "" } = context;
  switch (input.type) {
    case "payload": {
      if (payload === null || payload === previous.payload) return null;
      const data: PayloadLoadedData = {
        digest: digest(payload) ?? "",
        dateUpdated: payload.dateUpdated ?? null,
        changed: differences(
          previous.context.features,
          context.features,
          Object.is,
        ),
        issues: input.issues,
      };
      return { type: "payload.loaded", data };
    }
    case "refused":
    case "report":
      return describeReport(input.report);
    case "attributes":
    case "update":
      return { type: "attributes.changed", data: { attributes } };
    case "url":
      return { type: "url.changed", data: { url } };
    case "variations":
    case "values": {
      const data: OverridesChangedData = {
        forcedVariations: context.forcedVariations ?? {},
        forcedFeatureValues: context.forcedFeatureValues ?? {},
      };
      return { type: "overrides.changed", data };
    }
    default:
      return null;
  }
}

function describeReport(report: SourceReport): DescribedInput | null {
  if (report.type !== "failed") return null;
  const { code, message, issues } = report;
  const data: SourceFailedData = { code, message, issues };
  return { type: "source.failed", data };
}
