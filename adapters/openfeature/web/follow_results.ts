import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { WebClient } from "../provider/provided_client.ts";

/** Follows the results of a page's user. */
export interface ResultFollower {
  /** Does something whose effect on results is not told, because the SDK tells of it. */
  readonly quietly: (action: () => void) => void;
  /** Adds flags that another payload concerns. */
  readonly add: (keys: readonly string[]) => void;
  /** Begins. */
  readonly start: () => void;
  /** Stops. */
  readonly stop: () => void;
}

/**
 * Makes what tells of flags whose results change without a new context: by another payload, by
 * forced values, another URL, sticky buckets that were loaded or a server's answer about the user. What
 * changes together is told once, after the turn. What the first payload brings is no change.
 */
export function createResultFollower(
  client: Pick<WebClient, "features$" | "status$" | "snapshot" | "peek">,
  tell: (keys: readonly string[]) => void,
): ResultFollower {
  let stop: (() => void) | null = null;
  let isQuiet = false;
  const put = gather((keys) => {
    if (stop !== null) tell(keys);
  });
  const add = (keys: readonly string[]) => {
    if (stop !== null && keys.length > 0) put(keys);
  };
  return {
    add,
    quietly: (action) => {
      isQuiet = true;
      try {
        action();
      } finally {
        isQuiet = false;
      }
    },
    start: () => {
      if (stop !== null) return;
      let last: Results | null = null;
      let hasPayload = false;
      stop = () => {};
      let waiting: readonly string[] = [];
      const statuses = client.status$.subscribe(({ status }) => {
        if (status === "initializing") waiting = waitingOf(client);
        else {
          add(waiting);
          waiting = [];
        }
        hasPayload ||= status === "ready" || status === "stale";
      });
      const results = client.features$.subscribe((next) => {
        const before = last;
        last = hasPayload ? next as Results : null;
        if (before !== null && !isQuiet) {
          add(changesOf(before, next as Results));
        }
      });
      stop = () => {
        statuses.unsubscribe();
        results.unsubscribe();
      };
    },
    stop: () => {
      stop?.();
      stop = null;
    },
  };
}

// What comes in one turn is told together, after it.
function gather(
  tell: (keys: readonly string[]) => void,
): (keys: readonly string[]) => void {
  let pending: Set<string> | null = null;
  return (keys) => {
    if (pending === null) {
      const all = pending = new Set();
      queueMicrotask(() => {
        pending = null;
        tell([...all].sort());
      });
    }
    for (const key of keys) pending.add(key);
  };
}

// While sticky buckets come, the features that need them count as unknown.
function waitingOf(
  { snapshot, peek }: Pick<WebClient, "snapshot" | "peek">,
): readonly string[] {
  return Object.keys(snapshot().features ?? {})
    .filter((key) => peek(key).source === "unknownFeature");
}

interface Results {
  readonly [key: string]: FeatureResult;
}

function changesOf(before: Results, after: Results): string[] {
  return [
    ...Object.keys(after).filter((key) =>
      !Object.hasOwn(before, key) || !isSame(before[key]!, after[key]!)
    ),
    ...Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
  ];
}

// That a bucket has become sticky, as the first evaluation makes it, changes nothing to be seen.
function isSame(left: FeatureResult, right: FeatureResult): boolean {
  return left === right ||
    left.source === right.source && isEqual(left.value, right.value) &&
      left.experimentResult?.key === right.experimentResult?.key;
}
