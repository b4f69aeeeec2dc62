import { buildReport } from "../log/build_report.ts";
import type { CommandOutcome } from "./command.ts";
import { formatJsonText } from "../text/format_json_text.ts";
import { formatReport } from "../log/format_report.ts";
import { reportHelp } from "./log_help.ts";
import { openLog } from "../log/open_log.ts";
import { parseLogArguments } from "./parse_log_arguments.ts";
import { print, refuse } from "./command_outcomes.ts";
import { writeDemo } from "../log/write_demo.ts";

/** Runs `report`: reads a log and gives what is to be printed. `width` is that of the terminal. */
export async function runReport(
  args: readonly string[],
  width: number | null,
): Promise<CommandOutcome> {
  const parsed = parseLogArguments(args, { demo: "boolean", json: "boolean" });
  if (parsed.kind === "invalid") return refuse(parsed.message);
  if (parsed.kind === "help") return print(reportHelp);
  const { file, options } = parsed;
  if (options.has("demo")) {
    const fault = await writeDemo(file);
    if (fault !== null) return refuse(fault);
  }
  const log = openLog(file);
  if (typeof log === "string") return refuse(log);
  try {
    const report = buildReport(log);
    return print(
      options.has("json")
        ? formatJsonText(report)
        : formatReport(report, width),
    );
  } finally {
    log.close();
  }
}
