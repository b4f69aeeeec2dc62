import { BehaviorSubject, type Observable, Subject } from "rxjs";
import type { DurableStoreOptions, StorageStatus } from "./durable_options.ts";
import { isStorageFault } from "../is_storage_fault.ts";
import { createRefuge, type MovedToDisk, type Refuge } from "./refuge.ts";
import type { NotedDisk } from "./note_consumers.ts";
import type { ClosedKey } from "./refuge_consumers.ts";
import { storageFailure } from "../storage_failure.ts";

/** The way to a disk, or to the refuge from it. */
export interface DurableAccess {
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
  /** Is told of a position that the disk has. */
  readonly see: (position: number) => void;
  /** Tells of events that the disk does not tell of. */
  readonly wakeups: Subject<void>;
  /** The refuge, while the disk fails. */
  readonly refuge: () => Refuge | null;
  /** How often events got other positions, or came before what had been read. */
  readonly moves: () => number;
  /** The keys that were given up the last time that happened. */
  readonly closed: () => readonly ClosedKey[];
  /** How it fares. */
  readonly status$: Observable<StorageStatus>;
  /** Closes it all. */
  readonly close: () => Promise<void>;
}

/** Makes the way to a disk, which leads into memory when the disk fails, and back when it heals. */
export function createDurableAccess(
  { disk, known }: NotedDisk,
  { openMemory, clock, createId }: Required<
    Omit<DurableStoreOptions, "onWarning">
  >,
): DurableAccess {
  const status$ = new BehaviorSubject<StorageStatus>({ state: "ok" });
  const wakeups = new Subject<void>();
  let last = 0;
  let refuge: Refuge | null = null;
  let moves = 0;
  let closed: readonly ClosedKey[] = [];
  let delay = 1000;
  let cancel: () => void = () => {};
  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;

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
    if (refuge !== null) return await inRefuge(refuge);
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
    if (refuge !== null) return otherwise;
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

  async function degrade(error: unknown): Promise<Refuge> {
    if (refuge !== null) return refuge;
    const { code, message } = storageFailure(error);
    const since = clock.now();
    const made = createRefuge(disk, openMemory(), {
      base: last,
      known: known(),
      createId,
      clock,
    });
    refuge = made;
    try {
      await made.append([
        {
          id: createId(),
          time: since,
          type: "storage.degraded",
          version: 1,
          data: { code, message },
        },
      ]);
    } catch {
      // The status says it too, and what is to be held must not be lost for want of that event.
    }
    status$.next({ state: "degraded", code, message, since });
    retryLater();
    return made;
  }

  function retryLater(): void {
    cancel = clock.setTimer(() => void inTurn(heal), delay);
    delay = Math.min(delay * 2, 30_000);
  }

  async function heal(): Promise<void> {
    if (refuge === null || closing !== null) return;
    const left = refuge;
    let moved: MovedToDisk;
    try {
      moved = await left.moveToDisk();
    } catch {
      // What is wrong with it is known; it is tried again.
      retryLater();
      return;
    }
    // At once, so that no reader takes the old positions for those after the move.
    refuge = null;
    last = moved.last;
    if (!moved.isTrue) {
      moves++;
      closed = moved.closed;
    }
    delay = 1000;
    await left.close().catch(() => {});
    status$.next({ state: "ok" });
    wakeups.next();
  }

  async function close(): Promise<void> {
    await queue;
    cancel();
    let lost = 0;
    if (refuge !== null) {
      lost = await refuge.moveToDisk().then(() => 0, refuge.held);
      await refuge.close();
    }
    await disk.close();
    status$.next({ state: "closed", lost });
    status$.complete();
    wakeups.complete();
  }

  return {
    inTurn,
    ask,
    attempt,
    see: (position) => {
      if (position > last) last = position;
    },
    wakeups,
    refuge: () => refuge,
    moves: () => moves,
    closed: () => closed,
    status$: status$.asObservable(),
    close: () => closing ??= close(),
  };
}

function isWrong(error: unknown): boolean {
  return (error instanceof TypeError || error instanceof RangeError) &&
    !isStorageFault(error);
}
