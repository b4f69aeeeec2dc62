import { assertEquals } from "@std/assert";
import type { PayloadIssue } from "../../../../mod.ts";
import { summarizeIssues } from "../../../../adapters/cli/payload/describe_issue.ts";

const error: PayloadIssue = {
  path: "/features/a",
  code: "wrong-type",
  severity: "error",
  message: "Cannot use it",
};
const warning: PayloadIssue = {
  ...error,
  code: "odd-version",
  severity: "warning",
};

Deno.test("summarizeIssues() says nothing where there are none", () => {
  assertEquals(summarizeIssues([]), []);
});

Deno.test("summarizeIssues() tells errors before warnings", () => {
  assertEquals(summarizeIssues([warning, error, warning]), [
    "The payload has 1 error and 2 warnings:",
    "  error at /features/a: Cannot use it",
    "  warning at /features/a: Cannot use it",
    "  warning at /features/a: Cannot use it",
  ]);
});

Deno.test("summarizeIssues() counts those that it doesn't tell", () => {
  const lines = summarizeIssues(Array.from({ length: 7 }, () => error));
  assertEquals(lines.length, 7);
  assertEquals(lines[0], "The payload has 7 errors and 0 warnings:");
  assertEquals(lines[6], "  and 2 more");
});

Deno.test("summarizeIssues() tells an issue of the whole payload", () => {
  assertEquals(
    summarizeIssues([{ ...error, path: "" }])[1],
    "  error: Cannot use it",
  );
});

Deno.test("summarizeIssues() escapes what the payload says", () => {
  const issue = { ...error, path: "/features/\x1b", message: "\n\x1b" };
  assertEquals(
    summarizeIssues([issue])[1],
    "  error at /features/\\u001b: \\u000a\\u001b",
  );
});
