import type { Context } from "../../core/types/context.ts";
import type { FeatureResult } from "../../core/types/result.ts";
import type { Client } from "../client/client.ts";
import type { ClientStatus } from "../client/client_status.ts";
import { isSettled } from "../client/state/is_settled.ts";
import type { FeatureReads } from "../client/reads/feature_reads.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";

/** What a tree of components reads: a client, or one user's view of it. */
export type Reads = FeatureReads & Partial<Client>;

/** What React reads a value from, and is told by that it changed. */
export interface Store<Value> {
  /** Adds a listener; gives what removes it again. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Gives the value: the same object until it changes. */
  readonly read: () => Value;
  /** Gives the value that a server rendered, or is about to render. */
  readonly readFirst: () => Value;
}

/** The stores of a client or a view: one for each feature that a component has asked for. */
export interface Stores {
  /** Gives the store of a feature. */
  readonly feature: (key: string) => Store<FeatureResult>;
  /** The keys of the features that were asked for. */
  readonly keys: () => Iterable<string>;
  /** The store of everything that evaluations read. */
  readonly snapshot: Store<Context>;
  /** The store of the status. */
  readonly status: Store<ClientStatus>;
  /** Gives what resolves once the client is usable or has given up; null where it is or has. */
  readonly wait: (limit: TimeoutOptions) => Promise<unknown> | null;
}

const known = new WeakMap<object, Stores>();

/** Gives the stores of a client or a view; the same for each of its trees. */
export function storesOf(reads: Reads): Stores {
  let stores = known.get(reads);
  if (stores === undefined) known.set(reads, stores = createStores(reads));
  return stores;
}

/** What a view is rendered with: it has no status of its own. */
const rendered: ClientStatus = Object.freeze({
  status: "ready",
  code: "ok",
  reason: "The payload is current",
  retryIn: null,
});

function createStores(reads: Reads): Stores {
  const features = new Map<string, Store<FeatureResult>>();
  const readStatus = () => readNow(reads.status$) ?? rendered;
  let waiting: Promise<unknown> | null = null;
  let hasSettled = false;
  return {
    feature: (key) => {
      let store = features.get(key);
      if (store === undefined) {
        const read = () => reads.peek(key);
        // A server that streams renders for a while: the first answer stays, whatever comes meanwhile.
        let first: FeatureResult | null = null;
        store = createStore(
          reads.feature$?.(key, { silent: "changes" }),
          read,
          reads.feature$ === undefined
            ? () => first ??= read()
            : () => reads.hydrated?.(key) ?? read(),
        );
        features.set(key, store);
      }
      return store;
    },
    keys: () => features.keys(),
    snapshot: createStore(reads.snapshot$, reads.snapshot),
    status: createStore(
      reads.status$,
      readStatus,
      reads.hydrated === undefined ? readStatus : () => rendered,
    ),
    wait: (limit) => {
      hasSettled ||= isSettled(readStatus());
      if (hasSettled) return null;
      return waiting ??= Promise.resolve(reads.ready?.(limit)).then(() => {
        hasSettled = true;
      });
    },
  };
}

/** The part of an observable that is used here. */
interface Watched<Value> {
  readonly subscribe: (
    next: (value: Value) => void,
  ) => { readonly unsubscribe: () => void };
}

function createStore<Value>(
  changes: Watched<unknown> | undefined,
  read: () => Value,
  readFirst: () => Value = read,
): Store<Value> {
  const listeners = new Set<() => void>();
  let subscription: { readonly unsubscribe: () => void } | undefined;
  return {
    read,
    readFirst,
    subscribe: (listener) => {
      listeners.add(listener);
      subscription ??= changes?.subscribe(() => {
        for (const tell of listeners) tell();
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        subscription?.unsubscribe();
        subscription = undefined;
      };
    },
  };
}

// A stream of a client gives what there is at once.
function readNow<Value>(stream: Watched<Value> | undefined): Value | undefined {
  let now: Value | undefined;
  stream?.subscribe((value) => now = value).unsubscribe();
  return now;
}
