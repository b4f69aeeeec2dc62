import { assertEquals } from "@std/assert";
import { describeReadError } from "../../../../adapters/cli/payload/describe_read_error.ts";

Deno.test("describeReadError() tells that there is no such file", () => {
  assertEquals(
    describeReadError("a.json", systemError("ENOENT")),
    "Cannot read a.json: there is no such file",
  );
});

Deno.test("describeReadError() tells a directory", () => {
  assertEquals(
    describeReadError("a", systemError("EISDIR")),
    "Cannot read a: it is a directory",
  );
});

Deno.test("describeReadError() tells which permission is missing", () => {
  assertEquals(
    describeReadError("a", new Deno.errors.NotCapable("Requires read access")),
    "Cannot read a: Deno runs without the permission (--allow-read, --allow-net)",
  );
});

Deno.test("describeReadError() tells any other error by its message", () => {
  assertEquals(
    describeReadError("-", new Error("broken\npipe")),
    "Cannot read standard input: broken\\u000apipe",
  );
});

Deno.test("describeReadError() escapes the path", () => {
  assertEquals(
    describeReadError("\x1b[2J", systemError("ENOENT")),
    "Cannot read \\u001b[2J: there is no such file",
  );
});

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something failed`), { code });
}
