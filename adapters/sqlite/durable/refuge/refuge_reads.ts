import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import { wholeLog } from "../../../log/port/consumer_key.ts";
import type { EventStore } from "../../../log/port/event_store.ts";
import type { RefugeConsumers } from "./refuge_consumers.ts";

/** What a refuge gives its readers: what the disk can still be read of, then what is held. */
export interface RefugeReads {
  /** Reads both, with the positions of the refuge. */
  readonly read: EventStore["read"];
  /** After which position readers of a lane missed what is on the disk; `Infinity` where they did not. */
  readonly skipped: (lane: string) => number;
  /** Whether no reader missed anything. */
  readonly isWhole: () => boolean;
}

/** What {@linkcode createRefugeReads} needs. */
export interface RefugeReadsOptions {
  /** The position of the disk after which those in memory come. */
  readonly base: number;
  /** Whether the disk could not tell what of a lane is settled. */
  readonly isUnknown: RefugeConsumers["isUnknown"];
}

/** Makes what reads the events of a `disk` that fails, and those in `memory`. */
export function createRefugeReads(
  disk: EventStore,
  memory: EventStore,
  { base, isUnknown }: RefugeReadsOptions,
): RefugeReads {
  // After which positions readers got what is held though not what is on the disk, by lanes.
  const skips = new Map<string, number>();
  const skipped = (lane: string) => skips.get(lane) ?? Infinity;

  // Others may have written after the last position that is known here.
  async function readDisk(
    after: number,
    limit: number,
    lane: string | undefined,
  ): Promise<readonly RecordedEvent[]> {
    const key = lane ?? wholeLog;
    try {
      // What of it is settled already, the disk tells when it works again.
      if (isUnknown(key)) throw new Error("Cannot tell what is new");
      const found = await disk.read(after, limit, lane);
      return found.filter(({ position }) => position <= base);
    } catch {
      skips.set(key, Math.min(after, skipped(key)));
      return [];
    }
  }

  return {
    read: async (after, limit = 1000, lane) => {
      const older = after < base ? await readDisk(after, limit, lane) : [];
      if (older.length >= limit) return older;
      const start = Math.max(0, after - base);
      const newer = await memory.read(start, limit - older.length, lane);
      return [...older, ...newer.map((event) => shift(event, base))];
    },
    skipped,
    isWhole: () => skips.size === 0,
  };
}

/** Gives an event of the memory its position in the refuge. */
export function shift<Event extends RecordedEvent>(
  event: Event,
  base: number,
): Event {
  return { ...event, position: base + event.position };
}
