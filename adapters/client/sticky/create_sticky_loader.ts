import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type {
  StickyBucketStore,
  StickyDocumentName,
} from "../../sticky/sticky_bucket_store.ts";
import type { ChangeInput } from "../state/client_input.ts";
import type { Clock } from "../../support/time/clock.ts";
import { inTime } from "../../support/time/in_time.ts";
import { isThenable } from "../../support/is_thenable.ts";
import {
  describeDocuments,
  isSameUser,
  missingDocuments,
  noDocuments,
  takeDocuments,
  wantDocuments,
} from "./loaded_documents.ts";

/** The sticky buckets of a client's user: loaded as the user changes, saved as they are assigned. */
export interface StickyLoader {
  /** Loads the documents of a user that are not there yet. */
  readonly require: (names: readonly StickyDocumentName[]) => void;
  /** Keeps an assignment; false where it adds nothing, or sticky bucketing is off for now. */
  readonly assign: (event: StickyBucketAssigned) => boolean;
  /** Stops; answers that are still on their way are ignored. */
  readonly stop: () => void;
}

/** What a loader needs. */
export interface StickyLoaderOptions {
  /** Where documents are kept. */
  readonly store: StickyBucketStore;
  /** Whether features wait for documents. */
  readonly isWaiting: boolean;
  /** Takes what changes. */
  readonly give: (input: ChangeInput) => void;
  /** Saves an assignment. */
  readonly save: (event: StickyBucketAssigned) => void;
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
  /** Sets timers. */
  readonly clock: Clock;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeout: number;
}

/**
 * Makes the loader of a client. The user it was asked for last decides: what comes for another one
 * is ignored, whenever it comes. A store that fails, or does not answer in time, turns sticky
 * bucketing off until a later user, or payload, makes it load again: bucketing a user anew would
 * overwrite what is stored.
 */
export function createStickyLoader(
  { store, isWaiting, give, save, onError, clock, timeout }:
    StickyLoaderOptions,
): StickyLoader {
  let known = noDocuments;
  let loading: AbortController | null = null;

  const tell = () => give(describeDocuments(known, isWaiting));
  const fail = (error: unknown) => {
    known = { ...known, isFailed: true };
    onError(error);
  };
  const leave = () => {
    loading?.abort();
    loading = null;
  };
  const load = (names: readonly StickyDocumentName[]) => {
    try {
      const answer = store.load(names);
      if (!isThenable(answer)) {
        known = takeDocuments(known, names, answer);
        return;
      }
      const mine = loading = new AbortController();
      const settle = (action: () => void) => {
        if (mine !== loading) return;
        loading = null;
        action();
        tell();
      };
      const what = "the user's sticky buckets";
      const ended = mine.signal;
      const wait = { what, timeout, ended, clock, keepsAlive: false };
      inTime(() => answer, wait).then(
        (found) =>
          settle(() => {
            known = takeDocuments(known, names, found);
          }),
        (error) => settle(() => fail(error)),
      );
    } catch (error) {
      fail(error);
    }
  };

  return {
    require: (names) => {
      if (!known.isFailed && isSameUser(known, names)) return;
      known = wantDocuments(known, names);
      leave();
      const missing = missingDocuments(known);
      if (missing.length > 0) load(missing);
      tell();
    },
    assign: (event) => {
      const documents = evolveStickyBuckets(known.documents, event);
      if (known.isFailed || documents === known.documents) return false;
      known = { ...known, documents };
      save(event);
      tell();
      return true;
    },
    stop: leave,
  };
}
