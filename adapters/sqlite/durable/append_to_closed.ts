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
  const opened: ClosedKey[] = [];
  for (const each of closed) {
    const { key, owner, checkpoint } = each;
    if (lane === undefined || key.lane !== lane) continue;
    const claim = await disk.claim(key, owner);
    if (claim === null) continue;
    opened.push(each);
    if (claim.checkpoint.position >= checkpoint.position) continue;
    await disk.commit(key, owner, checkpoint);
  }
  const recorded = await disk.append(events, options);
  for (const { key, owner } of opened) await disk.release(key, owner);
  return recorded;
}
