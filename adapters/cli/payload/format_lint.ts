import { describeName } from "../text/describe_value.ts";
import { wrapLines } from "../text/wrap_text.ts";
import { count } from "./describe_issue.ts";
import { describePlace } from "./read_payload.ts";

/** What is wrong with a payload. */
export interface Lint {
  /** How many features it has. */
  readonly features: number;
  /** What is wrong, and where. */
  readonly issues: readonly {
    readonly path: string;
    readonly severity: "error" | "warning";
    readonly message: string;
  }[];
  /** Why a log can't say more, in a line; null where it can, or where there is none. */
  readonly note: string | null;
}

/** Writes what is wrong with a payload as text: errors first, each with its place and its message. */
export function formatLint(
  { features, issues, note }: Lint,
  { file, width }: { readonly file: string; readonly width: number | null },
): string {
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity !== "error");
  const found = issues.length === 0
    ? "nothing is wrong"
    : `${count(errors.length, "error")}, ${count(warnings.length, "warning")}`;
  const lines = [
    ...[...errors, ...warnings].flatMap(({ path, severity, message }) => [
      `${severity} at ${describeName(path || "/")}`,
      `  ${describeName(message)}`,
    ]),
    ...note === null ? [] : [`note: ${describeName(note)}`],
    `${describePlace(file)}: ${found} in ${count(features, "feature")}`,
  ];
  return wrapLines(lines.map((line) => `${line}\n`).join(""), width);
}
