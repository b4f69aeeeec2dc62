/**
 * Shows the client at work, with a server and some thousand simulated users: `deno task demo`.
 *
 * @module
 */
import { runDemo } from "./run_demo.ts";

await runDemo({
  example: new URL("../../examples/demo.json", import.meta.url),
  print: (line) => console.log(line),
});
