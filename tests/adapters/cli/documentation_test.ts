import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readArguments } from "../../../adapters/cli/command/read_arguments.ts";
import { commands } from "../../../adapters/cli/commands/mod.ts";
import { filesEnding } from "../../../tools/gate/files_ending.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { buildFile } from "./built_command.ts";
import { logPayload, makeEvent, writeEvents, writeLog } from "./write_log.ts";

const root = new URL("../../../", import.meta.url);
const guide = await Deno.readTextFile(new URL("docs/command.md", root));
const readme = await Deno.readTextFile(new URL("README.md", root));
const program = "npx @growthstream/sdk";

/** The table of the commands, as it stands in the documentation. */
function commandTable(): string {
  const rows = commands.map(({ name, summary }) => [`\`${name}\``, summary]);
  const titles = ["command", "what it does"];
  const widths = titles.map((title, index) =>
    Math.max(...rows.map((row) => row[index]!.length), title.length)
  );
  const line = (cells: readonly string[]) =>
    `| ${
      cells.map((cell, index) => cell.padEnd(widths[index]!)).join(" | ")
    } |`;
  return [
    line(titles),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
  ].join("\n");
}

Deno.test("the guide and the README list the commands as the command does", () => {
  assertStringIncludes(guide, commandTable());
  assertStringIncludes(readme, commandTable());
});

Deno.test("the guide has a section with an example for each command", () => {
  const sections = [...guide.matchAll(/^## (\w+)$/gm)].map(([, name]) => name!);
  assertEquals(
    sections.toSorted(),
    commands.map(({ name }) => name).toSorted(),
  );
  for (const name of sections) {
    assert(guide.includes(`${program} ${name}`), name);
  }
});

Deno.test("each command with arguments in a Markdown page takes these", async () => {
  const faults: string[] = [];
  let count = 0;
  for (const path of filesEnding(".md", fileURLToPath(root).slice(0, -1))) {
    if (path.includes("/npm/")) continue;
    const text = await Deno.readTextFile(path);
    const lines = text.matchAll(
      /(?:@growthstream\/sdk|`growthstream) ([a-z]+)[ \n]([^`#\n]+)/g,
    );
    for (const [line, name, rest = ""] of lines) {
      const command = commands.find((each) => each.name === name);
      const words = rest.match(/'[^']*'|\S+/g) ?? [];
      const read = command && readArguments(command, words);
      count++;
      if (read === undefined) faults.push(`${line}: no such command`);
      if (read?.kind === "invalid") faults.push(`${line}: ${read.message}`);
    }
  }
  assert(count > 30, `${count}`);
  assertEquals(faults, []);
});

const blocks = [...guide.matchAll(/^```console\n([^]*?)^```$/gm)]
  .map(([, text]) => text!);

Deno.test("the examples of the guide print what it says", async () => {
  assert(blocks.length >= 9);
  const folder = await makeExamples();
  const printed: string[] = [];
  for (const block of blocks) {
    const [line] = block.split("\n");
    const command = line!.replace(`$ ${program} `, "");
    printed.push(`${line}\n${await run(command, folder)}`);
  }
  assertEquals(printed, blocks);
});

async function run(command: string, cwd: string): Promise<string> {
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `"$DENO" run --quiet --allow-all "$BIN" ${command}`],
    env: { DENO: Deno.execPath(), BIN: await buildFile() },
    cwd,
  }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  // When an event was parked is told by the clock.
  return new TextDecoder().decode(stdout)
    .replaceAll(
      /(?<=^ *"time": )\d+|(?!2026-01-01)20\d\d-\S+Z/gm,
      "2026-01-01T01:00:00.000Z",
    );
}

/** Makes the folder that the examples of the guide are run in. */
async function makeExamples(): Promise<string> {
  const folder = temporaryFolder();
  const payload = await Deno.readTextFile(new URL("examples/demo.json", root));
  await Deno.writeTextFile(`${folder}/payload.json`, payload);
  await Deno.writeTextFile(
    `${folder}/bad.json`,
    payload.replace("[0.5, 0.25, 0.25]", "[0.5, 0.25, 0.2]"),
  );
  const [rule] = logPayload.features.cta.rules;
  const next = { ...rule, weights: [0.45, 0.55] };
  await Deno.writeTextFile(
    `${folder}/new.json`,
    JSON.stringify({
      features: { cta: { defaultValue: "Buy", rules: [next] } },
    }),
  );
  await writeLog(`${folder}/log.db`);
  const use = { source: "force", ruleId: "fr_rollout", value: true, count: 9 };
  await writeEvents(
    [0, 31].flatMap((day) =>
      ["new-checkout", "order-button"].map((featureKey) =>
        makeEvent(day * 86_400_000, "feature.evaluated", { featureKey, ...use })
      )
    ),
    `${folder}/month.db`,
  );
  return folder;
}

if (Deno.env.get("PRINT_EXAMPLES") !== undefined) {
  const folder = await makeExamples();
  for (
    const line of (await new Response(Deno.stdin.readable).text()).split("\n")
  ) {
    if (line !== "") console.log(`=== ${line}\n${await run(line, folder)}`);
  }
  console.log(`=== table\n${commandTable()}`);
}
