// Opens a client that is never closed, reads from it, and should then end by itself. Its argument is
// the address of a server of payloads, or the path of a file, and how to follow it; without one, the
// payload is fixed.
import {
  createClient,
  fileSource,
  fixedSource,
} from "../../adapters/client/mod.ts";
import { growthbookSource } from "../../adapters/growthbook/mod.ts";

const [apiHost = "", updates = ""] = process.argv.slice(2);
const source = apiHost === ""
  ? fixedSource({ features: { on: { defaultValue: true } } })
  : updates === "file"
  ? fileSource(apiHost)
  : growthbookSource({
    apiHost,
    clientKey: "sdk-idle",
    streaming: updates === "streaming",
    polling: 60_000,
  });
const client = createClient({
  source,
  attributes: { id: "1" },
  stickyBuckets: { load: () => new Promise(() => {}), save: () => {} },
  waitForStickyBuckets: false,
});
client.value$("on", false).subscribe(() => {});
await client.ready();
console.log(client.isOn("on"));
