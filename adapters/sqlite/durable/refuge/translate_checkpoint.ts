import {
  type Checkpoint,
  isSettled,
  maxUnsettled,
} from "../../../log/port/checkpoint.ts";
import type { EventStore } from "../../../log/port/event_store.ts";

/** What a consumer has settled while a disk failed, and where that is now. */
export interface Translation {
  /** Where the disk has the consumer. */
  readonly known: Checkpoint;
  /** Where it is by the positions of the refuge. */
  readonly checkpoint: Checkpoint;
  /** The last position of the disk that was known when it began to fail. */
  readonly base: number;
  /** After which position the disk could not be read for it; `Infinity` where it could. */
  readonly skipped: number;
  /** The positions that the refuge had given, by those on the disk. */
  readonly origins: ReadonlyMap<number, number>;
}

/** How many events are read at once. */
const page = 500;

/**
 * Gives the checkpoint of a consumer by the positions of the disk: what it has settled stays settled,
 * and what others wrote meanwhile, or what could not be read, is unsettled. Where more than a checkpoint
 * can list is unsettled, what comes after that is left unsettled too, and comes again.
 */
export async function translateCheckpoint(
  disk: Pick<EventStore, "read">,
  lane: string,
  { known, checkpoint, base, skipped, origins }: Translation,
): Promise<Checkpoint> {
  const isDone = (at: number) => {
    if (isSettled(known, at)) return true;
    if (at <= base) return at <= skipped && isSettled(checkpoint, at);
    const origin = origins.get(at);
    return origin !== undefined && isSettled(checkpoint, origin);
  };
  let end = Math.max(known.position, Math.min(checkpoint.position, base));
  for (const [at, origin] of origins) {
    if (at > end && isSettled(checkpoint, origin)) end = at;
  }
  const unsettled = known.unsettled.filter((at) => !isDone(at));
  let position = known.position;
  while (position < end) {
    const events = await disk.read(
      position,
      page,
      lane === "" ? undefined : lane,
    );
    for (const event of events) {
      if (event.position > end) break;
      if (isDone(event.position)) continue;
      if (unsettled.length === maxUnsettled) {
        return { position: event.position - 1, unsettled };
      }
      unsettled.push(event.position);
    }
    position = events.length < page ? end : events.at(-1)!.position;
  }
  return { position: end, unsettled };
}
