import type { HydrationMismatchedData } from "../../../core/events/types/input_event.ts";
import { evaluateRoot } from "../../../core/feature/evaluate_feature.ts";
import { parsePayload } from "../../../core/payload/read/parse_payload.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { ExposureIdentity } from "../recording/decisions/exposure_marks.ts";
import type { ClientState } from "../state/client_state.ts";
import type { ClientBase } from "../client_base.ts";
import { exposureFingerprint } from "./exposure_fingerprint.ts";

/** What a client knows of the page that a server rendered. */
export interface Hydration {
  /** What serves until the source has something. */
  readonly initialPayload: object;
  /** Gives what the server decided for a feature; undefined where it handed over nothing. */
  readonly decision: (key: string) => FeatureResult | undefined;
  /** Whether the server recorded an exposure. It tells so once. */
  readonly isRecorded: (identity: ExposureIdentity) => boolean;
  /** Gives the digest of the payload that decided on the server, for the decisions that stand for it. */
  readonly digestOf: (payload: Payload | null) => string | null;
  /** Tells whether the decisions were not compared yet. */
  readonly isShown: () => boolean;
  /** Compares the decisions with those of the first payload that comes after them; tells what differs. */
  readonly settle: (
    state: ClientState,
    tell: (data: HydrationMismatchedData) => void,
  ) => void;
}

/**
 * Makes what a client knows of a server's page, for the user that the client begins with; null without the
 * option `hydrate`.
 */
export function createHydration(
  { options, keeper, definitions, onError }: Omit<ClientBase, "tell">,
): Hydration | null {
  const { hydrate, initialPayload } = options;
  if (hydrate === undefined) return null;
  const { decisions, digest, exposures, payload } = hydrate;
  const { context } = keeper.state();
  const { attributes = {}, attributeOverrides = {}, url } = context;
  const { features } = parsePayload({ features: decisions }).payload;
  const recorded = new Set(exposures);
  // What the page forces, and its URL, had no part in what the server decided.
  const user = { attributes, attributeOverrides };
  const rendered = new Map(
    Object.keys(decisions).map((key) =>
      [key, evaluateRoot({ ...user, features }, key, null)] as const
    ),
  );
  let handedOver: Payload | null = null;
  let isCompared = false;
  return {
    initialPayload: payload ?? { features },
    decision: (key) => rendered.get(key),
    isRecorded: (identity) =>
      recorded.size > 0 && recorded.delete(exposureFingerprint(identity)),
    digestOf: (payload) =>
      payload !== null && payload === handedOver ? digest : null,
    isShown: () => !isCompared,
    settle: (state, tell) => {
      const { payload: current, isInitialPayload, awaitedSticky } = state;
      if (current === null || isCompared) return;
      if (isInitialPayload && (initialPayload ?? payload) === undefined) {
        handedOver = current;
        return;
      }
      // Until the sticky buckets are there, the decisions of the server stay.
      if (awaitedSticky.length > 0) return;
      isCompared = true;
      const now = { ...state.context, ...user, url };
      // By the time this is loaded, whoever made the client listens to its events.
      import("./compare_decisions.ts").then(({ compareDecisions }) => {
        compareDecisions({
          rendered,
          decide: (key) => evaluateRoot(now, key, null),
          isEqual,
          isSamePayload: definitions.digest(current) === digest,
        }).forEach(tell);
      }).catch(onError);
    },
  };
}
