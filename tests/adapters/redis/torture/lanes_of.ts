import type { EventStore } from "../../../../adapters/redis/mod.ts";

/** Gives the lanes in which a log has the events of journals, by their ids. */
export async function lanesOf(
  store: Pick<EventStore, "read">,
  lines: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(
    lines.flatMap(([word, , , lane]) => word === "s" ? lane! : []),
  );
  const lanes = new Map<string, string>();
  for (const name of names) {
    if (name === "-") continue;
    const events = await store.read(0, Infinity, name);
    for (const { id } of events) lanes.set(id, name);
  }
  return lanes;
}
