import type { ClientOptions } from "../client_options.ts";
import type { ClientState } from "./client_state.ts";
import { describeStatus } from "./describe_status.ts";
import { tidy } from "./fold_input.ts";

/** What a client knows before anything has come. */
export function initialState(options: ClientOptions): ClientState {
  const state = {
    context: tidy({
      attributes: { ...options.attributes },
      features: {},
      url: options.url ?? "",
      attributeOverrides: options.attributeOverrides,
      enabled: options.enabled,
      qaMode: options.qaMode,
      forcedVariations: options.forcedVariations,
      forcedFeatureValues: options.forcedFeatureValues,
      groups: options.groups,
      overrides: options.overrides,
    }),
    payload: null,
    stickyAttributes: [],
    awaitedSticky: [],
    awaitsRemote: false,
    report: { type: "loading" },
    hasReports: "reports$" in options.source &&
      options.source.reports$ !== undefined,
    refusal: null,
    isClosed: false,
  } as const;
  return { ...state, status: describeStatus(state) };
}
