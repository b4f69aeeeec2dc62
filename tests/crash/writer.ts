// Writes batches and delivers events as fast as it can until it is killed, on whatever runtime this
// is, and prints what it did once it is done: `+ batch` was appended, `> ids` is being delivered,
// `= position` was committed.
import { writeSync } from "node:fs";
import process from "node:process";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { batchOf } from "./batches.ts";

const [path = "", first = "0", safe = ""] = process.argv.slice(2);
const store = sqliteStore(path, { powerSafe: safe === "safe" });
const done = await store.checkpoint("reader");
let checkpoint = done;
say("ready");
for (let index = Number(first);; index++) {
  await store.append(batchOf(index));
  say(`+ ${index}`);
  const events = await store.read(checkpoint, 15);
  if (events.length > 0) {
    const next = events.at(-1)!.position;
    say(`> ${events.map(({ id }) => id).join(" ")}`);
    await store.commit("reader", checkpoint, next);
    checkpoint = next;
    say(`= ${next}`);
  }
  // Only what was there before, so that what is new can be checked.
  if (index % 10 === 9) await store.prune(done - 20);
}

// The line is out of the process when this returns, so that killing it loses no word.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
