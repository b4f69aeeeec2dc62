import { isStorageFault } from "../is_storage_fault.ts";
import {
  createFailover,
  type Failover,
  type FailoverOptions,
} from "./create_failover.ts";
import type { NotedDisk } from "./note_consumers.ts";
import type { Refuge } from "./refuge/refuge.ts";

/** The way to a disk, or to the refuge from it. */
export interface DurableAccess extends Omit<Failover, "degrade" | "heal"> {
  /** Does one change after the other, so that none falls between the disk and the memory. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Asks the disk, or the refuge where there is one or the disk fails. */
  readonly ask: <Result>(
    onDisk: () => Promise<Result>,
    inRefuge: (refuge: Refuge) => Promise<Result>,
  ) => Promise<Result>;
  /**
   * Asks the disk for what can be done without: where that fails, or there is a refuge, it gives
   * something else, and the disk is none the worse for it.
   */
  readonly attempt: <Result>(
    onDisk: () => Promise<Result>,
    otherwise: Result,
  ) => Promise<Result>;
  /** Closes it all, once what was asked for is done. */
  readonly close: () => Promise<void>;
}

/** Makes the way to a disk, which leads into memory when the disk fails, and back when it heals. */
export function createDurableAccess(
  noted: NotedDisk,
  options: FailoverOptions,
): DurableAccess {
  let cancel: () => void = () => {};
  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;
  const { degrade, heal, ...failover } = createFailover(
    noted,
    options,
    (delay) => {
      cancel = options.clock.setTimer(() => void inTurn(healIfOpen), delay);
    },
  );
  const { refuge } = failover;

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  async function ask<Result>(
    onDisk: () => Promise<Result>,
    inRefuge: (refuge: Refuge) => Promise<Result>,
  ): Promise<Result> {
    assertOpen();
    const held = refuge();
    if (held !== null) return await inRefuge(held);
    try {
      return await onDisk();
    } catch (error) {
      // What was asked for wrongly is no fault of the disk.
      if (isWrong(error)) throw error;
      return await inRefuge(await degrade(error));
    }
  }

  async function attempt<Result>(
    onDisk: () => Promise<Result>,
    otherwise: Result,
  ): Promise<Result> {
    assertOpen();
    if (refuge() !== null) return otherwise;
    try {
      return await onDisk();
    } catch (error) {
      if (isWrong(error)) throw error;
      return otherwise;
    }
  }

  function assertOpen(): void {
    if (closing === null) return;
    throw new Error(
      "Cannot use the store: the current value of its state is closed",
    );
  }

  async function healIfOpen(): Promise<void> {
    if (closing === null) await heal();
  }

  async function close(): Promise<void> {
    await queue;
    cancel();
    await failover.close();
  }

  return {
    ...failover,
    inTurn,
    ask,
    attempt,
    close: () => closing ??= close(),
  };
}

function isWrong(error: unknown): boolean {
  return (error instanceof TypeError || error instanceof RangeError) &&
    !isStorageFault(error);
}
