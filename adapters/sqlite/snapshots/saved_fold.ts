import type { AnyProjection } from "../../../core/events/projections/replay.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import { jsonChecksum } from "./json_checksum.ts";
import { beginFold, type ProjectionFold } from "./projection_fold.ts";
import type { ProjectionSnapshot, SqliteStore } from "../sqlite_options.ts";

/** Starts a projection from its snapshot, or from the beginning where there is no sound one. */
export async function restoreFold(
  store: Pick<SqliteStore, "loadSnapshot">,
  name: string,
  projection: AnyProjection,
): Promise<ProjectionFold> {
  const snapshot = await store.loadSnapshot(
    projection.name,
    projection.version,
  );
  const saved = readSaved(snapshot);
  return snapshot === null || saved === null
    ? beginFold(name, projection)
    : beginFold(name, projection, { ...saved, position: snapshot.position });
}

/** Saves what a projection has come to, with a checksum. */
export async function saveFold(
  store: Pick<SqliteStore, "saveSnapshot">,
  { name: key, projection: { name, version, pack }, folded }: ProjectionFold,
): Promise<void> {
  const { position, count, states } = folded;
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
