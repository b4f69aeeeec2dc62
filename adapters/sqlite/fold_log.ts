import {
  type Projections,
  type Replay,
  replay,
} from "../../core/events/replay.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { EventStore } from "../log/event_store.ts";
import { jsonChecksum } from "./json_checksum.ts";
import type { ProjectionSnapshot, SqliteStore } from "./sqlite_options.ts";

/** A log that also keeps what projections have come to. */
export type FoldableStore =
  & Pick<EventStore, "read">
  & Pick<SqliteStore, "loadSnapshot" | "saveSnapshot">;

/** How to fold a log. */
export interface FoldOptions {
  /** After how many events that had to be folded the states are saved; default 10,000. */
  readonly saveAfter?: number;
}

/** How many events are read at once; others get their turn in between. */
const page = 2000;

/**
 * Folds projections over a whole log: from what they had come to when that was saved last, over the
 * events since. Saves what they have come to, where that was much work. The states have to be JSON,
 * as those of all projections here are.
 *
 * A snapshot of another version of a projection, or a damaged one, is not used, nor one that makes a
 * projection throw: the log is folded from its beginning, that is to say from what retention left of
 * it. What was pruned is in the snapshots only, so `clearSnapshots` forgets it.
 *
 * Large states come back in the form that their projection's `pack` gave them: most of it is read only
 * when it is touched, which is why a long log opens fast.
 *
 * @example
 * ```ts
 * import { exposureCounts } from "@growthstream/sdk";
 * import { sqliteStore } from "@growthstream/sdk/sqlite";
 * import { assertEquals } from "@std/assert";
 *
 * const store = sqliteStore(":memory:");
 * const { count, states } = await foldLog(store, { exposureCounts });
 * assertEquals(count, 0);
 * assertEquals(states.exposureCounts, exposureCounts.initial);
 * await store.close();
 * ```
 */
export async function foldLog<Given extends Projections>(
  store: FoldableStore,
  projections: Given,
  { saveAfter = 10_000 }: FoldOptions = {},
): Promise<Replay<Given>> {
  let start = await restore(store, projections);
  let folded = await foldFrom(store, projections, start);
  if (start !== null && folded.failures.length > 0) {
    // It may be the snapshot that a projection can't deal with. Where it is an event, the snapshot stays:
    // it may know of events that were pruned.
    const anew = await foldFrom(store, projections, null);
    if (anew.failures.length === 0) {
      start = null;
      folded = anew;
    }
  }
  const isMuch = folded.count - (start?.count ?? 0) >= saveAfter;
  if (isMuch && folded.failures.length === 0) {
    await save(store, projections, folded);
  }
  return folded;
}

async function foldFrom<Given extends Projections>(
  store: FoldableStore,
  projections: Given,
  start: Replay<Given> | null,
): Promise<Replay<Given>> {
  let folded = start ?? replay([], projections);
  let events = await store.read(folded.position, page);
  while (events.length > 0) {
    folded = replay(events, projections, { from: folded });
    events = await store.read(folded.position, page);
  }
  return folded;
}

/** What all of them had come to at one position; null where there is no such thing. */
async function restore<Given extends Projections>(
  store: FoldableStore,
  projections: Given,
): Promise<Replay<Given> | null> {
  const states: [string, JsonValue][] = [];
  let common: Saved | null = null;
  for (const [key, { name, version }] of Object.entries(projections)) {
    const snapshot = await store.loadSnapshot(name, version);
    const saved = readSaved(snapshot);
    if (snapshot === null || saved === null) return null;
    if (common !== null && snapshot.position !== common.position) return null;
    common = { position: snapshot.position, count: saved.count };
    states.push([key, saved.state]);
  }
  return common === null ? null : {
    states: Object.fromEntries(states) as Replay<Given>["states"],
    ...common,
    failures: [],
  };
}

interface Saved {
  readonly position: number;
  readonly count: number;
}

function readSaved(
  snapshot: ProjectionSnapshot | null,
): { readonly count: number; readonly state: JsonValue } | null {
  const kept = snapshot?.state;
  if (!Array.isArray(kept) || kept.length !== 3) return null;
  const [checksum, count, state] = kept as [JsonValue, JsonValue, JsonValue];
  return typeof count === "number" && checksum === jsonChecksum([count, state])
    ? { count, state }
    : null;
}

async function save<Given extends Projections>(
  store: FoldableStore,
  projections: Given,
  { states, position, count }: Replay<Given>,
): Promise<void> {
  for (const [key, { name, version, pack }] of Object.entries(projections)) {
    const state = states[key];
    const kept = (pack?.(state as never) ?? state) as JsonValue;
    const checksum = jsonChecksum([count, kept]);
    await store.saveSnapshot({
      name,
      version,
      position,
      state: [checksum, count, kept],
    });
  }
}
