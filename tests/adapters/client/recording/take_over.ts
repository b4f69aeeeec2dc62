import type { EventStore } from "../../../../adapters/client/mod.ts";

/** Another process takes a consumer's lane over, as if its owner were dead. */
export async function takeOver(
  store: EventStore,
  name: string,
): Promise<() => Promise<void>> {
  const state = (await store.consumers()).find((each) => each.name === name)!;
  await store.release(state, state.owner!);
  await store.claim(state, "other");
  await store.commit(state, "other", state.checkpoint);
  return async () => {
    await store.release(state, "other");
  };
}

/** Another process settles all of the lane that it has taken over. */
export async function settleAll(store: EventStore): Promise<void> {
  const states = await store.consumers();
  const state = states.find(({ owner }) => owner === "other")!;
  const { last } = await store.positions();
  await store.commit(state, "other", { position: last, unsettled: [] });
}
