import type {
  Projections,
  Replay,
} from "../../../core/events/projections/replay.ts";
import { checkOptions } from "../../support/check_options.ts";
import { checkStore } from "../../log/port/check_store.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import {
  beginFold,
  continueFolds,
  missedEvents,
  type ProjectionFold,
} from "./projection_fold.ts";
import { restoreFold, saveFold } from "./saved_fold.ts";
import type { SqliteStore } from "../sqlite_options.ts";

/** A log that also keeps what projections have come to. */
export type FoldableStore =
  & Pick<EventStore, "read">
  & Pick<SqliteStore, "loadSnapshot" | "saveSnapshot">;

/** How to fold a log. */
export interface FoldOptions {
  /** After how many events that a projection had to fold its state is saved; default 10,000. */
  readonly saveAfter?: number;
}

/**
 * Folds projections over a whole log: each from what it had come to when that was saved last, over the
 * events since, in one pass. Saves what they have come to, where that was much work. The states have to
 * be JSON, as those of all projections here are.
 *
 * What was pruned is in the snapshots only, so `clearSnapshots` forgets it. Each projection has its own,
 * by name and version: others that are folded beside it, or aren't, make no difference, and a version
 * that is raised leaves the snapshot of the one before. A projection that is new, that has another
 * version, or whose snapshot is damaged is folded from what retention left of the log. Where one throws,
 * it is folded again without its snapshot, if that loses nothing; else it is among the `failures`.
 * `count` is that of the projection that knows of the most events.
 *
 * Large states come back in the form that their projection's `pack` gave them: most of it is read only
 * when it is touched, which is why a long log opens fast.
 *
 * @example
 * ```ts
 * import { exposureCounts } from "@growthstream/sdk/events";
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
  options: FoldOptions = {},
): Promise<Replay<Given>> {
  checkStore(store, "fold the log", ["read"]);
  checkOptions("fold the log", options, { saveAfter: "amount" });
  const { saveAfter = 10_000 } = options;
  const starts: ProjectionFold[] = [];
  for (const [name, projection] of Object.entries(projections)) {
    starts.push(await restoreFold(store, name, projection));
  }
  const folds = await tryAgain(store, await continueFolds(store, starts));
  for (const fold of folds) {
    const { start, folded } = fold;
    const isMuch = folded.count - start.count >= saveAfter;
    if (isMuch && folded.failures.length === 0) await saveFold(store, fold);
  }
  return {
    states: Object.fromEntries(
      folds.map(({ name, folded }): [string, unknown] => [
        name,
        folded.states[name],
      ]),
    ) as Replay<Given>["states"],
    position: Math.max(0, ...folds.map(({ folded }) => folded.position)),
    count: Math.max(0, ...folds.map(({ folded }) => folded.count)),
    failures: folds.flatMap(({ folded }) => folded.failures),
  };
}

/** Folds once more what may come to more from another start, and takes what knows of no fewer events. */
async function tryAgain(
  store: FoldableStore,
  folds: readonly ProjectionFold[],
): Promise<readonly ProjectionFold[]> {
  const starts: ProjectionFold[] = [];
  for (const fold of folds) {
    const start = await findOtherStart(store, fold);
    if (start !== null) starts.push(start);
  }
  const others = await continueFolds(store, starts);
  return folds.map((fold) => {
    const other = others.find(({ name }) => name === fold.name);
    return other !== undefined && other.folded.failures.length === 0 &&
        missedEvents(other.folded) <= missedEvents(fold.folded)
      ? other
      : fold;
  });
}

async function findOtherStart(
  store: FoldableStore,
  { name, projection, start, folded }: ProjectionFold,
): Promise<ProjectionFold | null> {
  if (folded.failures.length > 0) {
    // It may be the snapshot that a projection can't deal with, and not an event.
    return start.position === 0 ? null : beginFold(name, projection);
  }
  if (missedEvents(folded) === missedEvents(start)) return null;
  // Events went before they were read. Where another process folded them first, it may have saved that.
  const saved = await restoreFold(store, name, projection);
  return saved.start.position > start.position ? saved : null;
}
