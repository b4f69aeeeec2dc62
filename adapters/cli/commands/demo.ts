import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { wrapLines } from "../text/wrap_text.ts";

/** Shows the client at work. */
export const demoCommand: Command = defineCommand({
  name: "demo",
  summary: "Shows a server, a client and some thousand users at work.",
  description: [
    "Shows the client at work: a server over a payload file, a client that follows it, and some thousand simulated users, while the file is edited and the server goes away and comes back. It ends with what the log knows, and leaves nothing behind.",
    "With --log, it writes an event log to try the other commands on instead: a day of 100,000 simulated users. One experiment is healthy, one has a broken split, and one has users who saw several variations.",
  ],
  positionals: {},
  options: {
    log: { value: "LOG", summary: "The log to write; a file that is new." },
  },
  examples: ["demo", "demo --log day.db"],
  run: async ({ options }, host) => {
    if (options.log !== null) {
      const { writeDemo } = await import("../log/write_demo.ts");
      const fault = await writeDemo(options.log);
      return fault === null ? exitCodes.ok : await refuse(host, fault);
    }
    const { runDemo } = await import("../../demo/run_demo.ts");
    let printed: Promise<unknown> = Promise.resolve();
    await runDemo({
      width: host.width,
      print: (line) => {
        const print = host.print(wrapLines(`${line}\n`, host.width));
        printed = Promise.all([printed, print]);
        printed.catch(() => {}); // it is told at the end
      },
    });
    await printed;
    return exitCodes.ok;
  },
});
