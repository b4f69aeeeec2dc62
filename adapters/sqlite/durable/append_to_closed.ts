import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type {
  AppendOptions,
  EventStore,
  StoredEvent,
} from "../../log/port/event_store.ts";
import type { ClosedKey } from "./refuge/move_consumers.ts";

/**
 * Appends events. Their lane may be one of the keys that were given up, `closed`: a client that does not
 * know that yet would append to a lane that is forgotten, where no other client looks. So the keys of
 * that lane are there again then, free, and at the checkpoints that they had.
 */
export async function appendToClosed(
  disk: EventStore,
  events: readonly NewEvent[],
  options: AppendOptions,
  closed: readonly ClosedKey[],
): Promise<readonly StoredEvent[]> {
  const { lane } = options;
  const opened = await openClosed(
    disk,
    closed.filter(({ key }) => lane !== undefined && key.lane === lane),
  );
  try {
    return await disk.append(events, options);
  } finally {
    // Where that fails too, it is done when the disk works again.
    await releaseAll(disk, opened).catch(() => {});
  }
}

/**
 * Frees keys that were given up, once events came to their lanes all the same. Those whose events are all
 * settled are forgotten.
 */
export async function freeClosed(
  disk: EventStore,
  closed: readonly ClosedKey[],
): Promise<void> {
  await releaseAll(disk, await openClosed(disk, closed));
}

async function openClosed(
  disk: EventStore,
  closed: readonly ClosedKey[],
): Promise<readonly ClosedKey[]> {
  const opened: ClosedKey[] = [];
  for (const each of closed) {
    const { key, owner, checkpoint } = each;
    const claim = await disk.claim(key, owner);
    if (claim === null) continue;
    opened.push(each);
    if (claim.checkpoint.position >= checkpoint.position) continue;
    await disk.commit(key, owner, checkpoint);
  }
  return opened;
}

async function releaseAll(
  disk: EventStore,
  opened: readonly ClosedKey[],
): Promise<void> {
  for (const { key, owner } of opened) await disk.release(key, owner);
}
