import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import { isObject } from "../../../core/support/read_own.ts";
import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import type {
  StickyBucketStore,
  StickyDocumentName,
} from "../../sticky/sticky_bucket_store.ts";
import type { ClientInput } from "../state/client_input.ts";
import type { Clock } from "../../support/clock.ts";
import { inTime } from "../../support/in_time.ts";
import { documentKey, readDocuments } from "./read_documents.ts";

/** The sticky buckets of a client's user: loaded as the user changes, saved as they are assigned. */
export interface StickyLoader {
  /** Sees to it that the documents of a user are there, or on their way. */
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
  readonly give: (input: ClientInput & { readonly type: "sticky" }) => void;
  /** Saves an assignment. */
  readonly save: (event: StickyBucketAssigned) => void;
  /** Is told of what goes wrong. */
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
  // What was loaded, with what was assigned since, by key.
  let documents: StickyAssignmentDocuments = {};
  let wanted: readonly StickyDocumentName[] = [];
  let loaded = new Set<string>();
  let isFailed = false;
  let loading: AbortController | null = null;

  const missing = () => wanted.filter((name) => !loaded.has(documentKey(name)));
  const tell = () => {
    const names = isFailed ? [] : missing();
    const isOff = isFailed || names.length > 0 && !isWaiting;
    give({
      type: "sticky",
      documents: isOff ? undefined : documents,
      awaited: isWaiting ? names.map((name) => name.attributeName) : [],
      isFailed,
    });
  };
  const take = (
    names: readonly StickyDocumentName[],
    answer: StickyAssignmentDocuments,
  ) => {
    for (const name of names) loaded.add(documentKey(name));
    for (const document of Object.values(readDocuments(names, answer))) {
      documents = evolveStickyBuckets(documents, document);
    }
  };
  const fail = (error: unknown) => {
    isFailed = true;
    onError(error);
  };
  const leave = () => {
    loading?.abort();
    loading = null;
  };
  const load = (names: readonly StickyDocumentName[]) => {
    leave();
    isFailed = false;
    try {
      const answer = store.load(names);
      if (!isPromise(answer)) return take(names, answer);
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
        (found) => settle(() => take(names, found)),
        (error) => settle(() => fail(error)),
      );
    } catch (error) {
      fail(error);
    }
  };

  return {
    require: (names) => {
      const isNew = isFailed || !isSameUser(names, wanted);
      wanted = names;
      if (!isNew) return;
      const keys = new Set(names.map(documentKey));
      loaded = new Set([...loaded].filter((key) => keys.has(key)));
      documents = Object.fromEntries(
        Object.entries(documents).filter(([key]) => keys.has(key)),
      );
      const absent = missing();
      if (absent.length > 0) load(absent);
      else {
        leave();
        isFailed = false;
      }
      tell();
    },
    assign: (event) => {
      if (isFailed) return false;
      const next = evolveStickyBuckets(documents, event);
      if (next === documents) return false;
      documents = next;
      save(event);
      tell();
      return true;
    },
    stop: leave,
  };
}

function isSameUser(
  left: readonly StickyDocumentName[],
  right: readonly StickyDocumentName[],
): boolean {
  return left.length === right.length &&
    left.every((name, index) =>
      documentKey(name) === documentKey(right[index]!)
    );
}

// Also one of another realm, or of a library.
function isPromise<Value>(
  value: Value | Promise<Value>,
): value is Promise<Value> {
  return isObject(value) && "then" in value;
}
