import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { ParkedEvent } from "../../log/port/parked_event.ts";
import { storageFailure } from "../../sqlite/storage_failure.ts";
import type { OpenedLog } from "./open_log.ts";
import { openRedis } from "./redis_address.ts";

/**
 * Opens the log in a Redis, to read it; gives a line that says why where that can't be done. It is read as
 * a whole into memory, where it stays as it was; `refresh` reads on.
 */
export async function openRedisLog(
  address: string,
): Promise<OpenedLog | string> {
  const opened = await openRedis(address);
  if (typeof opened === "string") return `Cannot read the log: ${opened}`;
  const { store, close } = opened;
  try {
    const events: RecordedEvent[] = [];
    const lanes = new Map<string, readonly RecordedEvent[]>();
    const parked = new Map<string, readonly ParkedEvent[]>();
    let last = 0;
    const refresh = async () => {
      const after = events.at(-1)?.position ?? 0;
      for (const event of await store.read(after, Infinity)) events.push(event);
      ({ last } = await store.positions());
    };
    await refresh();
    const consumers = await store.consumers();
    for (const { name, lane } of consumers) {
      parked.set(name, await store.parked(name));
      if (lane !== "") lanes.set(lane, await store.read(0, Infinity, lane));
    }
    return {
      events: (after = 0) => since(events, after),
      laneEvents: (lane, after) => since(lanes.get(lane) ?? [], after),
      consumers: () => consumers,
      parked: (name) => parked.get(name) ?? [],
      last: () => last,
      refresh,
      close,
    };
  } catch (error) {
    await close();
    return `Cannot read the log: ${storageFailure(error).message}`;
  }
}

// Those that come meanwhile are given too.
function* since(
  events: readonly RecordedEvent[],
  after: number,
): Iterable<RecordedEvent> {
  for (const event of events) {
    if (event.position > after) yield event;
  }
}
