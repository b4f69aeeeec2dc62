import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import { documentKey } from "../../sticky/document_key.ts";
import type {
  StickyBucketStore,
  StickyDocumentName,
} from "../../sticky/sticky_bucket_store.ts";
import { isEqual } from "../../support/is_equal.ts";
import { isThenable } from "../../support/promises/is_thenable.ts";
import type { Clock } from "../../support/time/clock.ts";
import { inTime, type Wait } from "../../support/time/in_time.ts";
import type { ClientBase } from "../client_base.ts";
import { longestWait } from "../client_options.ts";
import type { ChangeInput } from "../state/client_input.ts";
import type { ClientState } from "../state/client_state.ts";
import { readDocuments } from "./read_documents.ts";
import { stickyNames } from "./sticky_names.ts";

/** The sticky buckets of a client's users. */
export interface StickyBuckets {
  /** Loads the documents of the client's own user, where they changed with the state. */
  readonly settle: (state: ClientState, previous: ClientState | null) => void;
  /** Keeps an assignment of the client's own user; false where it adds nothing, or the store has failed. */
  readonly assign: (event: StickyBucketAssigned) => boolean;
  /** Saves an assignment of any user. */
  readonly save: (event: StickyBucketAssigned) => void;
  /** Resolves once all that is being saved is saved, failed, or took too long. */
  readonly saved: () => Promise<void>;
  /** Stops loading. */
  readonly stop: () => void;
}

/** The parts of a client that sticky buckets need. */
export type StickyCore = Pick<
  ClientBase,
  "options" | "keeper" | "definitions" | "onError"
>;

/** Makes the sticky buckets of a client; without a store, they do nothing. */
export function createStickyBuckets(core: StickyCore): StickyBuckets {
  const { options, definitions } = core;
  const { stickyBuckets: store, stickyAttributes } = options;
  if (store === undefined) return none;
  const { save, saved } = createSaver(store, core);
  const { load, assign, stop } = createLoader(store, core, save);
  return {
    settle: ({ context, payload }, previous) => {
      const isSame = context.attributes === previous?.context.attributes &&
        payload === previous?.payload;
      if (isSame) return;
      const names = [...definitions.identifiers(payload), ...stickyAttributes];
      load(stickyNames(context, names));
    },
    assign,
    save,
    saved,
    stop,
  };
}

const none: StickyBuckets = {
  settle: () => {},
  assign: () => false,
  save: () => {},
  saved: () => Promise.resolve(),
  stop: () => {},
};

/**
 * Makes what loads the documents of a client's user. The user it was asked for last decides: what comes for
 * another one is ignored, whenever it comes, and what was loaded for the one before is kept where both need
 * it. A store that fails, or does not answer in time, turns sticky bucketing off until a later user, or
 * payload, makes it load again: bucketing a user anew would overwrite what is stored.
 */
function createLoader(
  store: StickyBucketStore,
  { options, keeper, onError }: StickyCore,
  save: StickyBuckets["save"],
) {
  const { waitForStickyBuckets: isWaiting, clock } = options;
  let wanted: readonly StickyDocumentName[] = [];
  // What was loaded, with what was assigned since, and the keys of what was asked for.
  let documents: StickyAssignmentDocuments = {};
  let loaded: ReadonlySet<string> = new Set();
  let isFailed = false;
  let loading: AbortController | null = null;
  // The keys of what was assigned and is not told yet.
  let assigned: string[] = [];
  const taken = new Set<string>();

  const missingNames = () =>
    wanted.filter((name) => !loaded.has(documentKey(name)));
  const read = (): ChangeInput => {
    const missing = isFailed ? [] : missingNames();
    const isOff = isFailed || missing.length > 0 && !isWaiting;
    const awaited = isWaiting ? missing : [];
    const keys = assigned;
    assigned = [];
    return {
      type: "change",
      assigned: keys,
      context: { stickyBucketAssignmentDocs: isOff ? undefined : documents },
      state: {
        awaitedSticky: awaited.map(({ attributeName }) => attributeName),
        isStickyFailed: isFailed,
      },
    };
  };
  const tell = () => keeper.follow({ ...read(), assigned: undefined });
  const take = (names: typeof wanted, answer: unknown) => {
    documents = readDocuments(names, answer, documents);
    loaded = new Set([...loaded, ...names.map(documentKey)]);
  };
  const fail = (error: unknown) => {
    isFailed = true;
    onError(error);
  };
  const stop = () => {
    loading?.abort();
    loading = null;
  };
  const waitFor = async (names: typeof wanted, answer: Promise<unknown>) => {
    const mine = loading = new AbortController();
    const what = "the user's sticky buckets";
    try {
      const wait = { ...waiting(clock, what), ended: mine.signal };
      const found = await inTime(() => answer, wait);
      if (mine === loading) take(names, found);
    } catch (error) {
      if (mine === loading) fail(error);
    }
    if (mine !== loading) return;
    loading = null;
    tell();
  };
  return {
    load: (names: typeof wanted) => {
      taken.clear();
      if (!isFailed && isEqual(names, wanted)) return;
      const keys = names.map(documentKey);
      documents = Object.fromEntries(
        Object.entries(documents).filter(([key]) => keys.includes(key)),
      );
      loaded = new Set(keys.filter((key) => loaded.has(key)));
      wanted = names;
      isFailed = false;
      stop();
      const missing = missingNames();
      try {
        const answer = missing.length > 0 ? store.load(missing) : {};
        if (isThenable(answer)) void waitFor(missing, answer);
        else take(missing, answer);
      } catch (error) {
        fail(error);
      }
      tell();
    },
    assign: (event: StickyBucketAssigned) => {
      const next = evolveStickyBuckets(documents, event);
      if (isFailed || next === documents) return false;
      // Two experiments of one key whose variations differ would replace each other's for ever.
      const text = JSON.stringify(event);
      if (taken.has(text)) return false;
      taken.add(text);
      documents = next;
      save(event);
      assigned.push(...Object.keys(event.assignments));
      // Read when its turn comes: by then, the user may be another one.
      keeper.add(read);
      return true;
    },
    stop,
  };
}

/** How long is waited for a store, which keeps no process from ending. */
function waiting(clock: Clock, what: string): Wait {
  return { what, timeout: longestWait, clock, keepsAlive: false };
}

/** Makes what saves assignments to a store. One that takes too long is no longer waited for. */
function createSaver(
  store: StickyBucketStore,
  { options: { clock }, onError }: StickyCore,
): Pick<StickyBuckets, "save" | "saved"> {
  const saving = new Set<Promise<void>>();
  return {
    save: ({ attributeName, attributeValue, assignments }) => {
      const document = { attributeName, attributeValue, assignments };
      try {
        const saved = store.save(document);
        if (saved === undefined) return;
        const wait = waiting(clock, "the store of sticky buckets");
        const settled = inTime(() => saved, wait)
          .catch(onError)
          .finally(() => void saving.delete(settled));
        saving.add(settled);
      } catch (error) {
        onError(error);
      }
    },
    saved: async () => {
      while (saving.size > 0) await Promise.all(saving);
    },
  };
}
