import type { StoredEvent } from "../../../log/port/event_store.ts";
import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/create_stored_line.ts";
import type { LaneKeeper } from "./lanes/create_lane_keeper.ts";
import type { StoredEntry } from "./lanes/take_stored.ts";

/** What appending needs. */
export interface AppendOptions extends
  Pick<
    StoredLineOptions,
    "store" | "exposureAge" | "maker" | "tally" | "tell"
  > {
  /** Takes what was stored. */
  readonly lanes: Pick<LaneKeeper, "take">;
  /** Is told of what the store rejects with. Does not throw. */
  readonly report: (error: unknown) => void;
  /** Ends it: what has no answer then is counted as dropped already. */
  readonly signal: AbortSignal;
}

/**
 * Appends entries to a lane of the store, and gives them to the consumers. An entry that is no event is
 * dropped. Rejects where the store fails.
 */
export async function appendEntries(
  entries: readonly Entry[],
  lane: string | null,
  options: AppendOptions,
): Promise<void> {
  const { store, exposureAge, maker, tally, lanes, report, signal } = options;
  const events = entries.map(maker.eventOf);
  let answers: readonly StoredEvent[];
  try {
    answers = await store.append(events, {
      exposureAge,
      ...(lane === null ? {} : { lane }),
    });
  } catch (error) {
    if (!(error instanceof TypeError) || signal.aborted) throw error;
    // One of them is no event. Which one is found by giving them one by one.
    if (entries.length > 1) {
      for (const entry of entries) await appendEntries([entry], lane, options);
      return;
    }
    report(error);
    tally.drop(entries, "invalid");
    return;
  }
  if (signal.aborted) return;
  const stored = entries
    .map((entry, index) => ({ entry, event: answers[index]! }))
    .filter((each) => isNew(each, options));
  if (lane !== null) lanes.take(stored, lane);
}

/** Counts an entry that has its answer, and tells whether the store did not have it before. */
function isNew(
  { entry, event }: StoredEntry,
  { tally, tell }: AppendOptions,
): boolean {
  if (event.isRepeated) {
    tally.count(entry, "recorded", -1);
    tally.count(entry, "repeated", 1);
    return false;
  }
  tally.stored!.delivered++;
  tell(entry);
  return true;
}
