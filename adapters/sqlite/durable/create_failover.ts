import { BehaviorSubject, type Observable, Subject } from "rxjs";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { ConsumerKey } from "../../log/port/consumer_key.ts";
import { storageFailure } from "../storage_failure.ts";
import {
  type DiskState,
  moveIn,
  newDisk,
  reopenKey,
  seePosition,
  waitLonger,
} from "./disk_state.ts";
import type { DurableStoreOptions, StorageStatus } from "./durable_options.ts";
import type { NotedDisk } from "./note_consumers.ts";
import {
  createRefuge,
  type MovedToDisk,
  type Refuge,
} from "./refuge/refuge.ts";
import type { ClosedKey } from "./refuge/move_consumers.ts";

/** What a disk, and the refuge from it, are made with. */
export type FailoverOptions = Required<Omit<DurableStoreOptions, "onWarning">>;

/** The way from a disk that fails into a refuge, and back when it heals. */
export interface Failover {
  /** The refuge, while the disk fails. */
  readonly refuge: () => Refuge | null;
  /** Gives the refuge from a disk that failed with an error, and makes it where there is none. */
  readonly degrade: (error: unknown) => Promise<Refuge>;
  /** Tries to move what is held to the disk, and leaves the refuge where that is done. */
  readonly heal: () => Promise<void>;
  /** Is told of a position that the disk has. */
  readonly see: (position: number) => void;
  /** How often events got other positions, or came before what had been read. */
  readonly moves: () => number;
  /** The keys that were given up the last time that happened, and that their owners have not claimed again. */
  readonly closed: () => readonly ClosedKey[];
  /** Is told that an owner was given a key. */
  readonly reopen: (key: ConsumerKey, owner: string) => void;
  /** Tells of events that the disk does not tell of. */
  readonly wakeups: Subject<void>;
  /** How it fares. */
  readonly status$: Observable<StorageStatus>;
  /** Closes the disk, after a last attempt to move to it what is held. */
  readonly close: () => Promise<void>;
}

/** Makes it. `retryAfter` is called where the disk is to be healed after so many milliseconds. */
export function createFailover(
  { disk, known }: NotedDisk,
  { openMemory, clock, createId }: FailoverOptions,
  retryAfter: (delay: number) => void,
): Failover {
  const status$ = new BehaviorSubject<StorageStatus>({ state: "ok" });
  const wakeups = new Subject<void>();
  let state: DiskState = newDisk;
  let refuge: Refuge | null = null;

  async function degrade(error: unknown): Promise<Refuge> {
    if (refuge !== null) return refuge;
    const { code, message } = storageFailure(error);
    const since = clock.now();
    const made = createRefuge(disk, openMemory(), {
      base: state.last,
      known: known(),
      closed: () => state.closed,
      createId,
      clock,
    });
    refuge = made;
    try {
      const data = { code, message };
      await made.append([degradedEvent(createId(), since, data)]);
    } catch {
      // The status says it too, and what is to be held must not be lost for want of that event.
    }
    status$.next({ state: "degraded", code, message, since });
    retryLater();
    return made;
  }

  function retryLater(): void {
    const { delay } = state;
    state = waitLonger(state);
    retryAfter(delay);
  }

  async function heal(): Promise<void> {
    if (refuge === null) return;
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
    state = moveIn(state, moved);
    await left.close().catch(() => {});
    status$.next({ state: "ok" });
    wakeups.next();
  }

  async function close(): Promise<void> {
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
    refuge: () => refuge,
    degrade,
    heal,
    see: (position) => {
      state = seePosition(state, position);
    },
    moves: () => state.moves,
    closed: () => state.closed,
    reopen: (key, owner) => {
      state = reopenKey(state, key, owner);
    },
    wakeups,
    status$: status$.asObservable(),
    close,
  };
}

function degradedEvent(
  id: string,
  time: number,
  data: { readonly code: string; readonly message: string },
): NewEvent {
  return { id, time, type: "storage.degraded", version: 1, data };
}
