import { describeName } from "../text/describe_value.ts";
import { wrapText } from "../text/wrap_text.ts";
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
  const columns = width ?? Infinity;
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity !== "error");
  const found = issues.length === 0
    ? "nothing is wrong"
    : `${count(errors.length, "error")}, ${count(warnings.length, "warning")}`;
  return [
    ...[...errors, ...warnings].flatMap(({ path, severity, message }) => [
      ...wrapText(`${severity} at ${describeName(path || "/")}`, columns, 2),
      ...wrapText(describeName(message), columns - 2).map((line) =>
        `  ${line}`
      ),
    ]),
    ...note === null ? [] : wrapText(`note: ${describeName(note)}`, columns, 2),
    ...wrapText(
      `${describePlace(file)}: ${found} in ${count(features, "feature")}`,
      columns,
      2,
    ),
  ].map((line) => `${line}\n`).join("");
}
