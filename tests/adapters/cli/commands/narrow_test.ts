import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { textWidth } from "../../../../adapters/cli/text/text_width.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { runCommand } from "../run_command.ts";
import { writeLog } from "../write_log.ts";

const log = await writeLog();
const bad = `${temporaryFolder()}/bad.json`;
await Deno.writeTextFile(
  bad,
  JSON.stringify({
    features: {
      price: {
        defaultValue: 123456789.123456,
        rules: [{
          id: "a-rule-with-a-name-that-is-wider-than-any-terminal-of-50",
          condition: { country: { $in: ["de", "fr"] }, n: 1234567890123 },
          force: 98765432.1,
        }, { variations: [1, 2], weights: [0.5, 0.4] }],
      },
      茶: { defaultValue: "お茶".repeat(60) },
    },
  }),
);

for (
  const args of [
    ["eval"],
    ["eval", bad],
    ["eval", bad, "--explain"],
    [
      "eval",
      bad,
      "--attributes",
      '{"n":1234567890123}',
      "--url",
      `https://a.example/${"x".repeat(100)}`,
    ],
    ["lint", bad],
    ["report", log],
    ["replay", log, "--feature", "cta", "--user", "7"],
    ["verify", log],
    ["verify", log, bad],
  ]
) {
  const named = args.map((arg) => arg.replace(/^\/.*\//, "")).join(" ");
  for (const width of [40, 50, 80, 132]) {
    Deno.test(`${named.slice(0, 60)} fits ${width} columns, and cuts no number`, async () => {
      const narrow = await runCommand(args, { width });
      const wide = await runCommand(args);
      assertEquals([narrow.exitCode, narrow.errors], [
        wide.exitCode,
        wide.errors,
      ]);
      const lines = narrow.output.split("\n");
      const tooWide = lines.filter((line) => textWidth(line) > width);
      assertEquals(tooWide, []);
      // Numbers that stand alone; those inside a text are cut with it.
      const numbers = wide.output.matchAll(
        /(?<=^|\s\s)-?[\d,]+(\.\d+)?( %)?(?=\s\s|$)/gm,
      );
      const words = narrow.output.replaceAll(/\s+/g, " ");
      for (const [number] of numbers) assertStringIncludes(words, number);
    });
  }
}

Deno.test("eval keeps a table where it fits, and makes paragraphs where it does not", async () => {
  const rows = async (width: number) =>
    (await runCommand(["eval"], { width })).output;
  assertStringIncludes(await rows(120), "-------  --");
  const narrow = await rows(50);
  assert(!narrow.includes("-----"));
  assertStringIncludes(narrow, "dark-mode\n  value   true\n  source  force\n");
});
