// Shows users an experiment, with others on one log, until it is killed or told to stop, on whatever
// runtime this is: `shared_client.ts PATH USERS SEED`. It prints `! id` for each call of its callback.
import { writeSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { createClient, fixedSource } from "../../adapters/client/mod.ts";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";

const [path = "", users = "0", seed = "1"] = process.argv.slice(2);
const client = createClient({
  source: fixedSource({
    features: {
      button: { rules: [{ key: "button", variations: ["blue", "red"] }] },
    },
  }),
  store: sqliteStore(path),
  trackingCallback: async (_experiment, _result, _user, { id }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    say(`! ${id}`);
  },
});
await client.ready();
say("ready");
let isStopped = false;
createInterface({ input: process.stdin }).on("line", () => {
  isStopped = true;
}).on("close", () => {
  // The test is gone.
  if (!isStopped) process.exit(1);
});
const start = Number(seed) * 7919;
for (let index = 0; !isStopped; index++) {
  const id = `user-${(start + index * 7) % Number(users)}`;
  client.forUser({ attributes: { id } }).getFeatureValue("button", "");
  if (index % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 2));
}
const report = await client.flush({ timeout: 60_000 });
await client.close();
say(`done ${report.isDelivered}`);
process.exit(0);

// The line is out of the process when this returns, so that killing it loses no word.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
