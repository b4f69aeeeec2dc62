import { readSafely } from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import type { Settings } from "../inputs/read_options.ts";
import type { ClientState } from "./client_state.ts";
import { describeStatus } from "./describe_status.ts";
import { tidy } from "./fold_input.ts";

/** What a client knows before anything has come. */
export function initialState(options: Settings): ClientState {
  const state = {
    context: tidy({
      attributes: options.attributes,
      features: {},
      url: options.url,
      attributeOverrides: options.attributeOverrides,
      enabled: options.enabled,
      qaMode: options.qaMode,
      forcedVariations: options.forcedVariations,
      forcedFeatureValues: options.forcedFeatureValues,
      groups: options.groups,
      overrides: options.overrides,
    }),
    payload: null,
    awaitedSticky: [],
    isStickyFailed: false,
    isInitialPayload: false,
    awaitsRemote: false,
    issues: [],
    report: { type: "loading" },
    hasReports: isObject(readSafely(options.source, "reports$")),
    refusal: null,
    isClosed: false,
  } as const;
  return { ...state, status: describeStatus(state) };
}
