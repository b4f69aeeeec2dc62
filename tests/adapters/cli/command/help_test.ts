import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { textWidth } from "../../../../adapters/cli/text/text_width.ts";
import { commands } from "../../../../adapters/cli/commands/mod.ts";
import { suggest } from "../../../../adapters/cli/command/suggest.ts";
import { runCommand } from "../run_command.ts";

Deno.test("the command lists all commands, for --help, -h and help", async () => {
  const { exitCode, output } = await runCommand(["--help"]);
  assertEquals(exitCode, 0);
  for (const { name, summary } of commands) {
    assertStringIncludes(output.replaceAll(/\s+/g, " "), `${name} ${summary}`);
  }
  assertEquals((await runCommand(["-h"])).output, output);
  assertEquals((await runCommand(["help"])).output, output);
});

Deno.test("the command prints its list on standard error where no command is named", async () => {
  const { exitCode, output, errors } = await runCommand([]);
  assertEquals([exitCode, output], [2, ""]);
  assertEquals(errors, (await runCommand(["--help"])).output);
});

Deno.test("the command prints the version of the package", async () => {
  const { version } = JSON.parse(Deno.readTextFileSync("deno.json"));
  assertEquals((await runCommand(["--version"])).output, `${version}\n`);
});

Deno.test("the command suggests the command that was meant, and else its help", async () => {
  for (
    const [written, message] of [
      ["reprot", "did you mean report?"],
      ["REPORT", "did you mean report?"],
      ["evaluate", "see growthstream --help"],
      ["toString", "see growthstream --help"],
      ["", "see growthstream --help"],
      ["\x1b[2J", 'Cannot run "\\u001b[2J"'],
      ["--verison", "see growthstream --help"],
    ] as const
  ) {
    const { exitCode, output, errors } = await runCommand([written]);
    assertEquals([exitCode, output], [2, ""]);
    assertStringIncludes(errors, message);
    assertEquals(errors.split("\n").length, 2);
  }
});

for (const command of commands) {
  const { name, options, positionals } = command;
  Deno.test(`${name} has help that fits 50 columns and names all it takes`, async () => {
    for (const args of [[name, "--help"], ["help", name], [name, "-h"]]) {
      const { exitCode, output, errors } = await runCommand(args, {
        width: 50,
      });
      assertEquals([exitCode, errors], [0, ""]);
      for (const option of Object.keys(options)) {
        assertStringIncludes(output, `--${option}`);
      }
      for (const positional of Object.keys(positionals)) {
        assertStringIncludes(output, positional);
      }
      const examples = output.indexOf("Examples:");
      assert(
        output.slice(0, examples).split("\n").every((line) =>
          textWidth(line) <= 50
        ),
      );
    }
    const { output } = await runCommand([name, "--help"], { width: 200 });
    const text = output.slice(0, output.indexOf("Examples:"));
    assert(text.split("\n").every((line) => textWidth(line) <= 80));
  });

  Deno.test(`${name} is described by full sentences, and shown by examples of itself`, () => {
    const told = [
      ...command.description,
      ...Object.values(options).map(({ summary }) => summary),
      ...Object.values(positionals).map(({ summary }) => summary),
      command.summary,
    ];
    for (const text of told) assert(/^[A-Z-].*[^ ]$/.test(text), text);
    assert(command.examples.length > 0);
    for (const example of command.examples) {
      assertEquals(example.split(" ")[0], name);
    }
  });
}

Deno.test("suggest() finds the nearest word, by any single slip", () => {
  const words = ["report", "replay", "redeliver", "tail"];
  for (
    const [written, word] of [
      ["report", "report"],
      ["eport", "report"],
      ["repoort", "report"],
      ["repart", "report"],
      ["erport", "report"],
      ["tial", "tail"],
      ["tai", "tail"],
      ["x", null],
      ["", null],
      ["reportreport", null],
      ["a".repeat(100_000), null],
    ] as const
  ) {
    assertEquals(suggest(written, words), word);
  }
});
