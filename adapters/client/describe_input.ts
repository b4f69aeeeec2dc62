import { reconcilePayload } from "../../core/payload/reconcile_payload.ts";
import type { InputEvent } from "../../core/events/input_event.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { SourceReport } from "../sources/source_report.ts";
import { toJson } from "../support/to_json.ts";
import type { ClientInput } from "./client_input.ts";
import type { ClientState } from "./client_state.ts";
import { digestOf } from "./payload_digests.ts";

/** What an input event says, before it has an id and a time. */
export type InputDescription = Pick<InputEvent, "type" | "data">;

/** Tells what an input changed, given the states before and after it; null where that is nothing. */
export function describeInput(
  input: ClientInput,
  previous: ClientState,
  state: ClientState,
): InputDescription | null {
  const { context } = state;
  switch (input.type) {
    case "payload":
      return state.payload === null || state.payload === previous.payload
        ? null
        : describePayload(input, previous.payload, state.payload);
    case "refused":
    case "report":
      return describeFailure(input.report);
    case "attributes":
    case "update":
      return {
        type: "attributes.changed",
        data: { attributes: toJson(context.attributes) as object as never },
      };
    case "url":
      return { type: "url.changed", data: { url: input.url } };
    case "variations":
      return {
        type: "overrides.changed",
        data: { forcedVariations: input.forced },
      };
    case "values":
      return {
        type: "overrides.changed",
        data: { forcedFeatureValues: input.forced },
      };
    default:
      return null;
  }
}

function describePayload(
  { issues }: ClientInput & { readonly type: "payload" },
  previous: Payload | null,
  payload: Payload,
): InputDescription {
  return {
    type: "payload.loaded",
    data: {
      digest: digestOf(payload),
      dateUpdated: payload.dateUpdated ?? null,
      changed: reconcilePayload(previous, payload).changed.features,
      issues,
    },
  };
}

function describeFailure(report: SourceReport): InputDescription | null {
  if (report.type !== "failed") return null;
  const { code, message, issues } = report;
  return { type: "source.failed", data: { code, message, issues } };
}
