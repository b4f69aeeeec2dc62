import {
  getStickyDocuments,
  listStickyDocuments,
  type StickyDocuments,
  stickyDocuments,
} from "../../core/events/projections/sticky_documents.ts";
import type {
  StickyAssignmentDocument,
} from "../../core/types/sticky_bucket.ts";
import { checkStore } from "../log/port/check_store.ts";
import type { EventStore } from "../log/port/event_store.ts";
import { valueText } from "../log/port/value_text.ts";
import { checkOptions } from "../support/check_options.ts";
import { createTurns } from "./create_turns.ts";
import { readSnapshot, type StickySnapshot } from "./sticky_snapshot.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";

/** How sticky buckets are drawn from a log. */
export interface LogStickyBucketsOptions {
  /**
   * What was known before, from `snapshot`, as it came or through JSON. One that can't be used, or is
   * ahead of the log, is left alone.
   */
  readonly snapshot?: StickySnapshot | null;
}

/** Sticky buckets that are drawn from a log. */
export interface LogStickyBuckets extends StickyBucketStore {
  /** Reads the log to its end, and gives what is known then, as JSON. */
  readonly snapshot: () => Promise<StickySnapshot>;
}

/**
 * Draws sticky buckets from a log: they are the fold of its `sticky-bucket.assigned` events, which a
 * client with the same store records anyway. So `save` writes nothing: it only lets later loads here
 * know at once.
 *
 * The log is read from its beginning, or from the snapshot, at the first `load`, and from there on at
 * later ones; again from there where its events got other positions, as `positions` of the log tells
 * by `moves`. What was pruned before it was read is gone: keep a snapshot. It holds the documents of
 * all users in memory, but for those that `erase` of the same store is called for. Throws a `TypeError` for what
 * is no store, and for an option that is none.
 *
 * @example
 * ```ts
 * import { logStickyBuckets, memoryStore } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * await store.append([{
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "sticky-bucket.assigned",
 *   version: 1,
 *   data: { attributeName: "id", attributeValue: "7", assignments: { button__0: "blue" } },
 * }]);
 * const documents = await logStickyBuckets(store).load([{ attributeName: "id", attributeValue: "7" }]);
 * assertEquals(documents["id||7"]?.assignments, { button__0: "blue" });
 * ```
 */
export function logStickyBuckets(
  store: Pick<EventStore, "read" | "positions" | "erasures">,
  options: LogStickyBucketsOptions = {},
): LogStickyBuckets {
  checkLog(store, options);
  const { snapshot = null } = options;
  let documents = stickyDocuments.initial;
  let position: number | null = null;
  let knownMoves = 0;
  let certain = Infinity;

  const start = async () => {
    const known = readSnapshot(snapshot);
    const { last, moves = 0 } = await store.positions();
    knownMoves = moves;
    if (known === null || known.position > last) return 0;
    documents = known.documents.reduce(add, documents);
    return known.position;
  };
  const catchUp = createTurns(async () => {
    for (;;) {
      position ??= await start();
      const events = await store.read(position);
      if (events.length > 0) {
        documents = events.reduce(stickyDocuments.evolve, documents);
        position = events.at(-1)!.position;
        continue;
      }
      // Where events got other positions, some may be before those that were read. To unite what is
      // known with itself changes nothing.
      const positions = await store.positions();
      certain = positions.certain ?? Infinity;
      if ((positions.moves ?? 0) === knownMoves) return;
      position = null;
    }
  });
  const forget = (name: string, value: string) => {
    const left = [...listStickyDocuments(documents)].filter((document) =>
      document.attributeName !== name || document.attributeValue !== value
    );
    documents = left.reduce(add, stickyDocuments.initial);
  };
  store.erasures?.subscribe({
    next: ({ attribute, value }) => forget(attribute, valueText(value)),
    // A store that can't tell of erasures is no reason to end the process.
    error: () => {},
  });
  return {
    load: async (names) => {
      await catchUp();
      return getStickyDocuments(
        documents,
        names.map((name) => [name.attributeName, name.attributeValue]),
      );
    },
    save: (document) => {
      documents = add(documents, document);
    },
    erase: async ({ attributeName, attributeValue }) => {
      await catchUp();
      forget(attributeName, attributeValue);
    },
    snapshot: async () => {
      await catchUp();
      return {
        version: stickyDocuments.version,
        // Where others go by it later on, it has to be one that stays.
        position: Math.min(position ?? 0, certain),
        documents: [...listStickyDocuments(documents)],
      };
    },
  };
}

// A mistake would show with the first user, and keep that one and all others without their buckets.
function checkLog(store: unknown, options: LogStickyBucketsOptions): void {
  const task = "draw sticky buckets from a log";
  checkStore(store, task, ["read", "positions"]);
  // A snapshot that can't be used is left alone.
  checkOptions(task, options, { snapshot: "any" });
}

function add(
  documents: StickyDocuments,
  { attributeName, attributeValue, assignments }: StickyAssignmentDocument,
): StickyDocuments {
  return stickyDocuments.evolve(documents, {
    id: "",
    time: 0,
    type: "sticky-bucket.assigned",
    version: 1,
    data: { attributeName, attributeValue, assignments },
  });
}
