// A process of a short life, on whatever runtime this is: it records, and ends as it is told.
import process from "node:process";
import {
  closeOnSignal,
  createClient,
  fixedSource,
} from "../../../../adapters/client/mod.ts";
import { webhookSink } from "../../../../adapters/delivery/mod.ts";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";

const [ending = "", url = "", log = ""] = process.argv.slice(2);
const rules = [{ variations: ["a", "b"], key: "exp" }];
const client = createClient({
  source: fixedSource({ features: { f: { defaultValue: "a", rules } } }),
  attributes: { id: ending },
  sinks: [webhookSink({ url, secret: "secret" })],
  ...(log === "" ? {} : { store: sqliteStore(log) }),
});
if (ending === "signal") {
  closeOnSignal(client);
  client.evalFeature("f");
  // A server runs until it is told to end.
  setInterval(() => {}, 1_000);
  console.log("ready");
} else if (ending === "flush") {
  client.evalFeature("f");
  const { isDelivered } = await client.flush();
  console.log(isDelivered);
  await client.close();
} else if (ending === "exit") {
  // It has run for a while.
  await client.flush();
  client.evalFeature("f");
  // One turn, and the process is gone.
  setTimeout(() => process.exit(0), 0);
} else {
  // The next process, which records nothing: it takes over what is left, until it is killed.
  setInterval(() => {}, 1_000);
}
