import type { Lane } from "./begin_lane.ts";
import type { LaneOptions } from "./lane_options.ts";

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

/** What reading lanes needs. */
export type LanePagesOptions = Pick<
  LaneOptions,
  "store" | "tally" | "tell" | "clock" | "report"
>;

/** Makes what reads. */
export function createLanePages(
  lanes: Set<Lane>,
  options: LanePagesOptions,
): LanePages {
  const { store, report } = options;
  let reading: Promise<void> | null = null;
  let isMore = false;
  let isStopped = false;

  const readAll = async () => {
    for (const lane of [...lanes]) {
      // What is lost is none of these lanes any more.
      if (!lane.ledger.isHeld()) lane.consumer.engine.catchUp();
      if (!lane.ledger.isHeld() || lane.isOwn && !lane.isBehind) continue;
      await lane.reader.read();
      giveUpGone(lane, options);
      if (!lane.reader.isAtEnd()) continue;
      if (lane.isBehind) await catchUp(lane);
      if (!lane.isOwn && !lane.isBehind) await endAdopted(lane);
    }
  };
  const catchUp = async (lane: Lane) => {
    const isRead = () => lane.ledger.readTo() >= lane.lastStored;
    // What was pruned can't be read.
    const first = isRead() ? 0 : (await store.positions()).first;
    if (!isRead() && first <= lane.lastStored) return;
    lane.isBehind = false;
    lane.unread.end();
    giveUpGone(lane, options);
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

// What the store has not any more is lost; its own events tell the log of it. What of it was erased is as
// if it had never been recorded.
function giveUpGone(
  { consumer: { counts, name, types }, unread }: Lane,
  { tally, tell, clock }: LanePagesOptions,
): void {
  const { lost: count, erased } = unread.takeGone();
  counts.recorded -= erased;
  counts.dropped += count;
  if (count === 0) return;
  // Nobody knows which they are. What is recorded again, the store knows where it has it.
  tally.exposures.forget(() => true);
  const [type] = types;
  tell({
    type: "events.dropped",
    time: clock.now(),
    characters: 0,
    exposure: null,
    data: {
      reason: "overflow",
      count,
      types: types.length === 1 ? { [type!]: count } : {},
      consumer: name,
    },
    user: null,
    id: null,
    event: null,
  });
}
