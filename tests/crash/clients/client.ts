// A client of a log in a file, on whatever runtime this is: it shows users an experiment until it is
// told to stop (or killed), and says what its callback was called with: `> id user`.
// Arguments: the file, the first user, how many users, how many milliseconds between two of them.
import { writeSync } from "node:fs";
import process from "node:process";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";

const [path = "", first = "0", count = "0", gap = "0"] = process.argv.slice(2);
const client = createClient({
  source: fixedSource({
    features: { cta: { rules: [{ key: "cta", variations: [0, 1] }] } },
  }),
  store: sqliteStore(path, { busyTimeout: 20_000 }),
  trackingCallback: async (_, { hashValue }, __, { id }) => {
    // As a service does, it takes its time.
    await new Promise((resolve) => setTimeout(resolve, 5));
    say(`> ${id} ${hashValue}`);
  },
  onError: (error) => say(`! ${error}`),
});
say("ready");
for (let user = Number(first); user < Number(first) + Number(count); user++) {
  client.forUser({ attributes: { id: String(user) } }).isOn("cta");
  await new Promise((resolve) => setTimeout(resolve, Number(gap)));
}
const { isDelivered } = await client.flush({ timeout: 60_000 });
say(`done ${isDelivered}`);
// It stays until it is told to end: what another one leaves is its to deliver.
process.stdin.on("data", async () => {
  await client.close();
  say("closed");
  process.exit(0);
});

// The line is out of the process when this returns, so that killing it loses no word.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
