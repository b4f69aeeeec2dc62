import { type Clock, systemClock } from "../../support/clock.ts";
import { escapeText } from "../text/escape_text.ts";
import { followLog } from "../log/follow_log.ts";
import { tailHelp } from "./log_help.ts";
import { openLog } from "../log/open_log.ts";
import { parseLogArguments } from "./parse_log_arguments.ts";

/** Where `tail` prints to. */
export interface TailHost {
  /** Prints to standard output; false where nobody reads it any more. */
  readonly print: (text: string) => boolean;
  /** Prints to standard error. */
  readonly complain: (text: string) => void;
  /** Wakes it up. */
  readonly clock?: Pick<Clock, "setTimer">;
}

/** Runs `tail`: prints a log as it grows, until nobody reads it. Gives the exit code. */
export async function runTail(
  args: readonly string[],
  { print, complain, clock = systemClock }: TailHost,
): Promise<0 | 2> {
  const refuse = (message: string) => {
    complain(`${message}\n`);
    return 2 as const;
  };
  const parsed = parseLogArguments(args, {
    lines: "string",
    type: "string",
    once: "boolean",
  });
  if (parsed.kind === "invalid") return refuse(parsed.message);
  if (parsed.kind === "help") {
    print(tailHelp);
    return 0;
  }
  const { file, options } = parsed;
  const lines = options.get("lines") ?? "10";
  if (!/^\d{1,9}$/.test(String(lines))) {
    return refuse("Cannot use --lines: it is not a whole number");
  }
  const log = openLog(file);
  if (typeof log === "string") return refuse(log);
  const type = options.get("type");
  try {
    const events = followLog(log, {
      lines: Number(lines),
      type: typeof type === "string" ? type : null,
      once: options.has("once"),
      clock,
    });
    for await (const event of events) {
      if (!print(`${escapeText(JSON.stringify(event))}\n`)) break;
    }
    return 0;
  } finally {
    log.close();
  }
}
