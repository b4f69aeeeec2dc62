import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/line.ts";
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
}

/**
 * Appends entries to a lane of the store. Gives what counts the answers and gives them to the consumers:
 * in one step with the end of the batch, so that nothing is counted as given up that has its answer. Rejects
 * where the store fails or does not give each of them back, or one of them is no event.
 */
export async function appendEntries(
  entries: readonly Entry[],
  lane: string | null,
  options: AppendOptions,
): Promise<() => void> {
  const { store, exposureAge, maker, lanes } = options;
  if (entries.length === 0) return () => {};
  const answers = await store.append(entries.map(maker.eventOf), {
    exposureAge,
    ...(lane === null ? {} : { lane }),
  });
  checkAnswers(answers, entries.length);
  return () => {
    const stored = entries
      .map((entry, index) => ({ entry, event: answers[index]! }))
      .filter((each) => isNew(each, options));
    if (lane !== null) lanes.take(stored, lane);
  };
}

// Before any is counted: what is appended again counts again.
function checkAnswers(answers: unknown, count: number): void {
  const isEach = Array.isArray(answers) && answers.length === count &&
    answers.every((event) =>
      Number.isFinite(event?.position) && event.position > 0
    );
  if (isEach) return;
  throw new Error(
    `Cannot append events: the store did not give back the ${count} that it was given`,
  );
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
  tally.stored.delivered++;
  // Of a loss subscribers heard at once.
  if (entry.type !== "events.dropped") tell(entry);
  return true;
}
