import type { EventStore } from "../../../../../../adapters/client/mod.ts";
import type { ConsumerState } from "../../../../../../adapters/log/port/event_store.ts";

const other = "other";

/** Another process takes over a lane, as if its owner were dead; gives what lets the lane go. */
export async function seize(
  store: EventStore,
  state: ConsumerState,
  by: string,
): Promise<() => Promise<void>> {
  await store.release(state, state.owner!);
  await store.claim(state, by);
  await store.commit(state, by, state.checkpoint);
  return async () => {
    await store.release(state, by);
  };
}

/** Another process takes over a consumer's lane. */
export async function takeOver(
  store: EventStore,
  name: string,
): Promise<() => Promise<void>> {
  const states = await store.consumers();
  return await seize(store, states.find((each) => each.name === name)!, other);
}

/** Another process settles all of the lane that it has taken over. */
export async function settleAll(store: EventStore): Promise<void> {
  const states = await store.consumers();
  const state = states.find(({ owner }) => owner === other)!;
  const { last } = await store.positions();
  await store.commit(state, other, { position: last, unsettled: [] });
}
