import type { EventStore } from "../../../../../../adapters/client/mod.ts";

/** What goes wrong, by chance. */
export interface Trouble {
  /** Whether something happens that has that probability; never once all is well. */
  readonly happens: (probability: number) => boolean;
  /** Waits for a random time, so many milliseconds at most. */
  readonly wait: (most: number) => Promise<unknown>;
}

/** A store that fails now and then, answers late, and does what it is asked though its answer is lost. */
export function troubledStore(
  store: EventStore,
  { happens, wait }: Trouble,
): EventStore {
  const troubled = <Args extends unknown[], Result>(
    call: (...args: Args) => Promise<Result>,
    { isSlow = false, losesAnswers = false } = {},
  ) =>
  async (...args: Args): Promise<Result> => {
    if (happens(0.15)) throw new Error("down");
    if (isSlow && happens(0.3)) await wait(4_000);
    const result = await call(...args);
    if (isSlow && happens(0.3)) await wait(4_000);
    if (losesAnswers && happens(0.1)) throw new Error("no answer");
    return result;
  };
  return {
    ...store,
    append: troubled(store.append, { isSlow: true, losesAnswers: true }),
    claim: troubled(store.claim, { losesAnswers: true }),
    commit: troubled(store.commit),
    read: troubled(store.read, { isSlow: true }),
  };
}
