/**
 * Prints how large a bundle is that has one export of `mod.ts` and what that needs, for each
 * export, next to a bundle with all of them, the client, and those of the official SDK. Named
 * exports (`deno task size evalFeature`) are printed alone, with what each source file adds.
 *
 * @module
 */
import { stop } from "esbuild";
import * as core from "../mod.ts";
import { type BundleSize, bundleSize } from "./size/bundle_size.ts";

/** The one for browsers, and the one for servers, which is what the sizes are compared with. */
const officialClients = ["GrowthBook", "GrowthBookClient"];

try {
  if (Deno.args.length === 0) await printAll();
  else for (const name of Deno.args) await printFiles(name);
} finally {
  await stop();
}

async function printAll(): Promise<void> {
  const client = exportOf("createClient", "./adapters/client/mod.ts");
  const source = exportOf("growthbookSource", "./adapters/growthbook/mod.ts");
  const ours = await measureEach(Object.keys(core), "./mod.ts");
  const everything = await bundleSize('export * from "./mod.ts";');
  const adapters = [
    ["createClient", await bundleSize(client)],
    ["createClient and growthbookSource", await bundleSize(client + source)],
  ] as const;
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
      ...adapters,
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
  console.log(`${name.padEnd(46)}${cells.join(" ")}`.trimEnd());
}
