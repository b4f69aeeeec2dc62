import type { EventStore } from "../../../adapters/log/port/event_store.ts";

/** Settles everything up to a position for a consumer of the whole log. */
export async function settleTo(
  store: EventStore,
  name: string,
  position: number,
): Promise<boolean> {
  if (await store.claim({ name }, "test") === null) return false;
  return await store.commit({ name }, "test", { position, unsettled: [] });
}

/** The position up to which a consumer of the whole log is done; 0 where it is not known. */
export async function positionOf(
  store: EventStore,
  name: string,
): Promise<number> {
  const states = await store.consumers();
  return states.find((state) => state.name === name && state.lane === "")
    ?.checkpoint.position ?? 0;
}
