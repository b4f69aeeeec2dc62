import { assertEquals } from "@std/assert";
import { main } from "../../../adapters/cli/mod.ts";

Deno.test("main() tells of arguments that are no list of texts, and never rejects", async () => {
  const rows: readonly (readonly [unknown, string])[] = [
    [undefined, "undefined"],
    [null, "null"],
    ["lint", '"lint"'],
    [[7], "an array of 1"],
    [["eval", null], "an array of 2"],
  ];
  for (const [args, shown] of rows) {
    const told: string[] = [];
    const host = { complain: (text: string) => void told.push(text) };
    assertEquals(await main(args as never, host as never), 2);
    assertEquals(told, [
      `Cannot run: args should be a list of texts, the current value is ${shown}\n`,
    ]);
  }
});
