import type { Lane } from "./begin_lane.ts";

/** Reads the lanes whose events are not all in memory. */
export interface LanePages {
  /** Reads on in all of them. Rejects where the store fails. */
  readonly readAll: () => Promise<void>;
  /** Reads on soon, where there is a lane to be read. */
  readonly nudge: () => void;
  /** Reads on until nothing asks for more. Never rejects. */
  readonly readOn: () => Promise<void>;
  /** Whether a lane of this client's own is read from the store. */
  readonly isBehind: () => boolean;
  /** Ends it. */
  readonly stop: () => void;
}

/** Makes what reads; `report` is told of what the store rejects with. */
export function createLanePages(
  lanes: Set<Lane>,
  report: (error: unknown) => void,
): LanePages {
  let reading: Promise<void> | null = null;
  let isMore = false;
  let isStopped = false;

  const readAll = async () => {
    for (const lane of [...lanes]) {
      // What is lost is none of these lanes any more.
      if (!lane.ledger.isHeld()) lane.consumer.engine.catchUp();
      if (!lane.ledger.isHeld() || lane.isOwn && !lane.isBehind) continue;
      await lane.reader.read();
      if (!lane.reader.isAtEnd()) continue;
      if (lane.ledger.readTo() >= lane.lastStored) lane.isBehind = false;
      if (!lane.isOwn && !lane.isBehind) await endAdopted(lane);
    }
  };
  // An adopted lane gets no new events: once it is settled, it is done.
  const endAdopted = async (lane: Lane) => {
    const { ledger, consumer } = lane;
    if (ledger.room() < 1_000 || consumer.engine.pending() > 0) return;
    lanes.delete(lane);
    consumer.storage.ledgers.delete(ledger);
    await ledger.close();
  };
  const readWhileMore = async () => {
    while (isMore && !isStopped) {
      isMore = false;
      await readAll();
    }
  };
  const read = (): Promise<void> =>
    reading ??= readWhileMore().catch(report).finally(() => {
      reading = null;
      // It may have been asked for since the last look.
      if (isMore && !isStopped) void read();
    });
  return {
    readAll,
    nudge: () => {
      isMore = [...lanes].some(({ isOwn, isBehind }) => !isOwn || isBehind);
      if (isMore && !isStopped) void read();
    },
    readOn: async () => {
      isMore = true;
      await read();
    },
    isBehind: () => [...lanes].some((lane) => lane.isBehind),
    stop: () => {
      isStopped = true;
    },
  };
}
