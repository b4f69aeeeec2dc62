import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { EventStore } from "../../../log/port/event_store.ts";
import type { ParkedEvent } from "../../../log/port/parked_event.ts";
import { storageFailure } from "../../../sqlite/storage_failure.ts";
import type { OpenedLog } from "./opened_log.ts";
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
    const lanes = new Map<string, ReadonlySet<number>>();
    const parked = new Map<string, readonly ParkedEvent[]>();
    let last = 0;
    const refresh = async () => {
      const after = events.at(-1)?.position ?? 0;
      for await (const event of pages(store, after)) events.push(event);
      ({ last } = await store.positions());
    };
    await refresh();
    const consumers = await store.consumers();
    for (const { name, lane } of consumers) {
      parked.set(name, await store.parked(name));
      if (lane === "" || lanes.has(lane)) continue;
      const positions = new Set<number>();
      for await (const { position } of pages(store, 0, lane)) {
        positions.add(position);
      }
      lanes.set(lane, positions);
    }
    return {
      events: (after = 0) => since(events, after),
      laneEvents: (lane, after) =>
        since(events, after, lanes.get(lane) ?? new Set()),
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

// Page by page, so that no answer holds the whole log beside what is kept of it.
async function* pages(
  store: Pick<EventStore, "read">,
  after: number,
  lane?: string,
): AsyncIterable<RecordedEvent> {
  for (let from = after;;) {
    const page = await store.read(from, 1_000, lane);
    if (page.length === 0) return;
    yield* page;
    from = page.at(-1)!.position;
  }
}

// Those that come meanwhile are given too.
function* since(
  events: readonly RecordedEvent[],
  after: number,
  positions?: ReadonlySet<number>,
): Iterable<RecordedEvent> {
  for (const event of events) {
    if (event.position <= after) continue;
    if (positions?.has(event.position) ?? true) yield event;
  }
}
