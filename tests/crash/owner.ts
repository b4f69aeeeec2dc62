// Owns a consumer of a log until it is killed, on whatever runtime this is: `owner.ts PATH OWNER`. It
// prints whether it has it, and whenever it is told a line, whether it still has it and could commit.
import { writeSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";

const [path = "", owner = ""] = process.argv.slice(2);
const store = sqliteStore(path);
const key = { name: "reader" };
const claim = await store.claim(key, owner);
say(claim === null ? "refused" : `claimed at ${claim.checkpoint.position}`);
for await (const line of createInterface({ input: process.stdin })) {
  const isHeld = claim?.isHeld() ?? false;
  const checkpoint = { position: Number(line), unsettled: [] };
  const moved = await store.commit(key, owner, checkpoint);
  say(`${isHeld ? "held" : "lost"}, ${moved ? "committed" : "refused"}`);
}
await store.close();

// The line is out of the process when this returns.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
