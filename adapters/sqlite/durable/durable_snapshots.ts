import type { DurableAccess } from "./create_durable_access.ts";
import type { SnapshotStore } from "./durable_options.ts";

/** The operations of a durable store on what its disk keeps of projections, if it keeps anything. */
export function durableSnapshots(
  disk: Partial<SnapshotStore>,
  { inTurn, ask, attempt, moves }: DurableAccess,
): SnapshotStore {
  const clear = async () => await disk.clearSnapshots?.();
  return {
    saveSnapshot: (snapshot) =>
      inTurn(() =>
        attempt(async () => {
          if (moves() === 0) await disk.saveSnapshot?.(snapshot);
        }, undefined)
      ),
    loadSnapshot: (name, version) =>
      attempt(
        async () => await disk.loadSnapshot?.(name, version) ?? null,
        null,
      ),
    clearSnapshots: () => inTurn(() => ask(clear, clear)),
  };
}
