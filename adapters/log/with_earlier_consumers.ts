import type { EventStore as EarlierStore } from "./event_store.ts";
import { checkPosition } from "./check_position.ts";
import type { EventStore } from "./port/event_store.ts";

const owner = "earlier";

/**
 * Lets code that still uses the earlier port (`event_store.ts`) work with a store of the new one
 * (`port/event_store.ts`): it adds `checkpoint`, `checkpoints` and `commit(consumer, expected, next)`.
 * Every store wraps itself in this until the client and `consume` use the new port; then this file and
 * the earlier port go together.
 */
export function withEarlierConsumers<Store extends EventStore>(
  store: Store,
): Store & EarlierStore {
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(action: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(action);
    queue = result.catch(() => {});
    return result;
  };
  const checkpoints = async () =>
    new Map(
      (await store.consumers()).filter(({ lane }) => lane === "")
        .map(({ name, checkpoint }) => [name, checkpoint.position]),
    );
  const commitEarlier = async (
    name: string,
    expected: number,
    next: number,
  ) => {
    const from = checkPosition("expected", expected);
    const position = checkPosition("next", next);
    return await inTurn(async () => {
      if (((await checkpoints()).get(name) ?? 0) !== from) return false;
      const claim = await store.claim({ name }, owner);
      if (claim === null) return false;
      if (position === 0) return true;
      return await store.commit({ name }, owner, { position, unsettled: [] });
    });
  };
  return {
    ...store,
    checkpoint: async (name: string) => (await checkpoints()).get(name) ?? 0,
    checkpoints,
    commit:
      ((key: never, second: never, third: never) =>
        typeof key === "string"
          ? commitEarlier(key, second, third)
          : store.commit(key, second, third)) as unknown,
  } as unknown as Store & EarlierStore;
}
