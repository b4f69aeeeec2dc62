// Writes batches as fast as it can until it is killed, on whatever runtime this is, while a consumer
// takes them, and prints what was done once it is done: `+ batch` was appended, `> ids` was handed to
// the consumer, `= position` was committed.
import { writeSync } from "node:fs";
import process from "node:process";
import { consume } from "../../adapters/delivery/consume.ts";
import type { EventStore } from "../../adapters/log/port/event_store.ts";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { batchOf } from "./batches.ts";

const [path = "", first = "0", safe = ""] = process.argv.slice(2);
const store = sqliteStore(path, { powerSafe: safe === "safe" });
const { position, unsettled } = (await store.consumers())[0]?.checkpoint ??
  { position: 0, unsettled: [] };
// All up to here is settled, so that pruning it drops nothing.
const done = Math.min(position, (unsettled[0] ?? Infinity) - 1);
say("ready");
const telling: EventStore = {
  ...store,
  commit: async (key, owner, checkpoint) => {
    const isDone = await store.commit(key, owner, checkpoint);
    if (isDone && checkpoint.unsettled.length === 0) {
      say(`= ${checkpoint.position}`);
    }
    return isDone;
  },
};
consume(telling, "reader", async (events) => {
  say(`> ${events.map(({ id }) => id).join(" ")}`);
  // A delivery takes its time, in which others have their turn, or the program ends.
  await store.positions();
}, { batchSize: 40 });
for (let index = Number(first);; index++) {
  await store.append(batchOf(index));
  say(`+ ${index}`);
  // Only what was there before, so that what is new can be checked.
  if (index % 10 === 9) await store.prune(Math.max(0, done - 20));
}

// The line is out of the process when this returns, so that killing it loses no word.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
