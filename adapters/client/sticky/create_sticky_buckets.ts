import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { Clock } from "../../support/time/clock.ts";
import { clientDefaults, type ClientOptions } from "../client_options.ts";
import type { PayloadKnowledge } from "../payload/payload_knowledge.ts";
import type { ClientInput } from "../state/client_input.ts";
import type { ClientState } from "../state/client_state.ts";
import { createStickyLoader } from "./create_sticky_loader.ts";
import { createStickySaver } from "./create_sticky_saver.ts";
import { stickyNames } from "./sticky_names.ts";

/** The sticky buckets of a client's users. */
export interface StickyBuckets {
  /** Loads the documents of the client's own user, where they changed with the state. */
  readonly settle: (state: ClientState, previous: ClientState | null) => void;
  /** Keeps an assignment of the client's own user; false where it adds nothing. */
  readonly assign: (event: StickyBucketAssigned) => boolean;
  /** Saves an assignment of any user. */
  readonly save: (event: StickyBucketAssigned) => void;
  /** Resolves once all that is being saved is saved, failed, or took too long. */
  readonly saved: () => Promise<void>;
  /** Stops loading. */
  readonly stop: () => void;
}

/** What sticky buckets need of the client. */
export interface StickyClient {
  /** Takes what changes. */
  readonly give: (input: ClientInput) => void;
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
  /** Gives the attributes by which the experiments of a payload know users. */
  readonly identifiers: PayloadKnowledge["identifiers"];
  /** Sets timers. */
  readonly clock: Clock;
}

/** Makes the sticky buckets of a client; without a store, they do nothing. */
export function createStickyBuckets(
  options: ClientOptions,
  { give, identifiers, ...ports }: StickyClient,
): StickyBuckets {
  const { stickyBuckets: store, waitForStickyBuckets, stickyAttributes } =
    options;
  if (store === undefined) return none;
  const timeout = clientDefaults.loadTimeout;
  const { save, settle: saved } = createStickySaver({
    store,
    timeout,
    ...ports,
  });
  const loader = createStickyLoader({
    store,
    isWaiting: waitForStickyBuckets ?? true,
    save,
    give,
    timeout,
    ...ports,
  });
  return {
    settle: (state, previous) => {
      const { context } = state;
      const isSame = context.attributes === previous?.context.attributes &&
        state.payload === previous?.payload;
      if (isSame) return;
      const names = [
        ...identifiers(state.payload),
        ...stickyAttributes ?? [],
      ];
      loader.require(stickyNames(context, names));
    },
    assign: loader.assign,
    save,
    saved,
    stop: loader.stop,
  };
}

const none: StickyBuckets = {
  settle: () => {},
  assign: () => false,
  save: () => {},
  saved: () => Promise.resolve(),
  stop: () => {},
};
