/**
 * Prints what a page loads of each entry of `tools/size/entries.ts`, next to the most that
 * `tools/size/figures.json` allows; `--write` makes what is measured the new figures. Then come the
 * sizes of a bundle with one export of `mod.ts` and what that needs, for each export, next to those of
 * the official SDK. Named exports (`deno task size evalFeature`) are printed alone, with what each
 * source file adds.
 *
 * @module
 */
import { stop } from "esbuild";
import * as core from "../mod.ts";
import { type BundleSize, bundleSize } from "./size/bundle_size.ts";
import { entries } from "./size/entries.ts";
import { type EntrySize, entrySize } from "./size/entry_size.ts";
import { figures, figuresFile } from "./size/figures.ts";

/** The one for browsers, and the one for servers, which is what the sizes are compared with. */
const officialClients = ["GrowthBook", "GrowthBookClient"];

try {
  if (Deno.args[0] === "--write") await writeFigures();
  else if (Deno.args.length === 0) {
    await printEntries();
    await printAll();
  } else for (const name of Deno.args) await printFiles(name);
} finally {
  await stop();
}

async function printEntries(): Promise<void> {
  print("a page, gzipped", "first", "10 s", "all");
  for (const [name, source] of Object.entries(entries)) {
    printSize(name, await entrySize(source));
    printSize(
      "  at most",
      figures[name] ?? { files: 0, first: 0, streaming: 0, all: 0 },
    );
  }
  console.log(
    "\nFirst is what a page loads before anything runs; 10 s, what it loads in its " +
      "first ten\nseconds where it streams; all, with the chunks that options ask for.\n",
  );
}

function printSize(name: string, { first, streaming, all }: EntrySize): void {
  print(name, `${first}`, `${streaming}`, `${all}`);
}

async function writeFigures(): Promise<void> {
  const measured: [name: string, size: EntrySize][] = [];
  for (const [name, source] of Object.entries(entries)) {
    measured.push([name, await entrySize(source)]);
  }
  const text = JSON.stringify(Object.fromEntries(measured), null, 2);
  Deno.writeTextFileSync(figuresFile, `${text}\n`);
}

async function printAll(): Promise<void> {
  const ours = await measureEach(Object.keys(core), "./mod.ts");
  const everything = await bundleSize('export * from "./mod.ts";');
  const officials = await measureEach(
    officialClients,
    "@growthbook/growthbook",
  );
  const whole = Math.min(...officials.map(([, { gzipped }]) => gzipped));
  print("export", "minified", "gzipped", "ratio");
  for (
    const [name, { raw, gzipped }] of [
      ...ours,
      ["everything in mod.ts", everything] as const,
      ...officials,
    ]
  ) {
    print(name, `${raw}`, `${gzipped}`, (gzipped / whole).toFixed(2));
  }
  console.log(
    "\nBytes of a bundle made by esbuild. The ratio is that of the gzipped " +
      "size to that of\nthe official SDK's GrowthBookClient.",
  );
}

/** Bundles each of the exports of a module alone; the smallest comes first. */
async function measureEach(
  names: readonly string[],
  module: string,
): Promise<readonly (readonly [name: string, size: BundleSize])[]> {
  const sizes = await Promise.all(
    names.map(async (name) =>
      [name, await bundleSize(exportOf(name, module))] as const
    ),
  );
  return sizes.sort(([leftName, left], [rightName, right]) =>
    left.gzipped - right.gzipped || (leftName < rightName ? -1 : 1)
  );
}

async function printFiles(name: string): Promise<void> {
  if (!(name in core)) {
    throw new TypeError(
      `Cannot measure an export of mod.ts: the current value is ${name}`,
    );
  }
  const { raw, gzipped, files } = await bundleSize(exportOf(name, "./mod.ts"));
  print(name, "minified", "gzipped");
  for (const [path, bytes] of files) print(path, `${bytes}`);
  print("together", `${raw}`, `${gzipped}`);
}

function exportOf(name: string, module: string): string {
  return `export { ${name} } from "${module}";`;
}

function print(name: string, raw: string, gzipped = "", ratio = ""): void {
  const cells = [raw.padStart(9), gzipped.padStart(8), ratio.padStart(6)];
  console.log(`${name.slice(0, 74).padEnd(46)}${cells.join(" ")}`.trimEnd());
}
