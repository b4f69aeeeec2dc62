import { textOfKey } from "../../../log/text_of_key.ts";
import { valueText } from "../../../log/port/value_text.ts";
import { type ErasedUser, isAbout } from "../../../log/port/is_about.ts";
import type { Entry } from "../entry.ts";
import { viewOf } from "../engines/view_of.ts";
import type { Line, StoredLineOptions } from "../line/line.ts";
import { createLaneKeeper } from "./lanes/create_lane_keeper.ts";
import { createStoreConsumer } from "./create_store_consumer.ts";
import { joinLoss } from "./join_loss.ts";
import { createWriter } from "./create_writer.ts";

/** Makes the line. Its timers do not keep a process alive. */
export function createStoreLine(options: StoredLineOptions): Line {
  const { maker, tally, isPaused } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let lastError: string | null = null;
  const report = (error: unknown) => {
    lastError = error instanceof Error ? error.message : String(error);
    options.onError(error);
  };
  const consumers = options.consumers.map((consumer) =>
    createStoreConsumer(consumer, options, () => lanes.onSettled())
  );
  const pauses = new Set<() => void>();
  const parts = { ...options, consumers, signal, report, pauses };
  const lanes = createLaneKeeper(parts);
  const isEntryAbout = (entry: Entry, user: ErasedUser) =>
    isAbout(maker.eventOf(entry), user);
  const writer = createWriter({ ...parts, lanes, isAbout: isEntryAbout });

  lanes.start();
  return {
    ...writer,
    give: null,
    lose: (loss) => {
      if (joinLoss(options.waiting.all(), loss)) return;
      // A copy: subscribers have that one.
      options.recordLoss({ ...loss, types: { ...loss.types } });
    },
    forget: (user) => {
      writer.forget(user);
      const text = valueText(user.value);
      // A number and its text are one user.
      tally.exposures.forget((attribute, key) =>
        attribute === user.attribute && textOfKey(key) === text
      );
      for (const consumer of consumers) {
        consumer.forget(({ entry, event }) =>
          event !== null
            ? isAbout(event, user)
            : entry !== null && isEntryAbout(entry, user)
        );
      }
    },
    pause: () => consumers.forEach(({ engine }) => engine.pause("consent")),
    resume: () => {
      // What one is called with may pause all again.
      for (const { engine } of consumers) if (!isPaused()) engine.resume();
    },
    viewOf: (name) => {
      const consumer = consumers.find((each) => each.name === name);
      if (consumer !== undefined) return viewOf(consumer);
      const pausedBecause = isPaused() ? "consent" : writer.pausedBecause();
      return { unsettled: [], pausedBecause, lastError };
    },
    flush: async (deadline) => {
      const isWritten = await writer.flush(deadline);
      return await lanes.flush(deadline) && isWritten;
    },
    stop: () => {
      stopping.abort();
      const left = writer.stop();
      lanes.giveUp(left);
      for (const { engine } of consumers) engine.stop();
      return left;
    },
    close: lanes.close,
  };
}
