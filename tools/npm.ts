/**
 * Builds the npm package: `npm/growthstream-sdk-VERSION.tgz`.
 *
 * The sources are copied into a folder of their own, beside the packages that they need, and bundled
 * there by tsdown: ESM and CommonJS, each with its types, with chunks that the entries share. So an
 * application that imports five entries has one copy of the core. `npm pack` makes the archive, from
 * the folder that a release publishes too.
 *
 * tsdown needs a Node of its own, which npm fetches: Node 20 and npm are enough.
 *
 * @module
 */
import { packageManifest } from "./npm/package_manifest.ts";
import { packageEntries } from "./npm/package_entries.ts";
import { pageModules } from "./npm/page_modules.ts";
import { rxjsNames } from "./npm/rxjs_names.ts";
import { sourceFiles } from "./source_files.ts";
import {
  buildManifest,
  buildSettings,
  includedPackages,
  markClientModule,
  pageRxjsFiles,
} from "./npm/build_files.ts";

/** The versions that build the package. One of them changes by a decision, and not by itself. */
const builders = ["node@24", "tsdown@0.23.7", "typescript@5.9.3"];

const root = new URL("../", import.meta.url).pathname;
const folder = `${root}npm`;
const build = `${folder}/build`;
const staging = `${folder}/package`;

const configuration = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
const repository = Deno.env.get("GITHUB_REPOSITORY");
const entries = packageEntries(configuration);
const manifest = packageManifest(configuration, { entries, repository });

await Deno.remove(folder, { recursive: true }).catch(() => {});
await Deno.mkdir(build, { recursive: true });
await Deno.mkdir(staging, { recursive: true });

for (const name of ["core", "adapters"]) {
  await copyFolder(`${root}${name}`, `${build}/${name}`);
}
await Deno.copyFile(`${root}mod.ts`, `${build}/mod.ts`);
// The payloads that the command brings along.
await Deno.mkdir(`${build}/examples`);
for (const name of ["demo.json", "shop.json"]) {
  await Deno.copyFile(`${root}examples/${name}`, `${build}/examples/${name}`);
}
await copyFolder(`${root}tools/npm/bundler`, `${build}/bundler`);
const sources = sourceFiles(root, ["mod.ts", "core", "adapters"]);
const names = rxjsNames(
  await Promise.all(sources.map((path) => Deno.readTextFile(`${root}${path}`))),
);
await writeJson(`${build}/package.json`, buildManifest(configuration));
const npm = ["npm", "--silent", "--no-fund", "--no-audit"];
await run(build, ...npm, "install", "--ignore-scripts");
const settings = buildSettings(entries, {
  rxjsNames: names,
  pageModules: await pageModules(build),
});
for (const [name, text] of settings) {
  await Deno.writeTextFile(`${build}/${name}`, text);
}
await run(
  build,
  ...["npx", "--yes", ...builders.flatMap((each) => ["-p", each])],
  ...["tsdown", "--logLevel", "warn"],
);

await Deno.rename(`${build}/dist`, `${staging}/dist`);
for await (const { name } of Deno.readDir(`${staging}/dist`)) {
  if (!/\.[cm]js$/.test(name)) continue;
  const path = `${staging}/dist/${name}`;
  const text = await Deno.readTextFile(path);
  const marked = markClientModule(text);
  if (marked !== text) await Deno.writeTextFile(path, marked);
}
for (const [name, text] of pageRxjsFiles(names)) {
  await Deno.writeTextFile(`${staging}/dist/${name}`, text);
}
for (const name of ["README.md", "CHANGES.md", "LICENSE"]) {
  await Deno.copyFile(`${root}${name}`, `${staging}/${name}`);
}
const licenses = await Promise.all(includedPackages.map(licenseOf));
await Deno.writeTextFile(
  `${staging}/THIRD_PARTY_LICENSES.txt`,
  `The files in dist/ hold parts of these packages.\n\n${licenses.join("\n")}`,
);
await writeJson(`${staging}/package.json`, manifest);
await run(staging, ...npm, "pack", "--pack-destination", folder);
await Deno.remove(build, { recursive: true });
console.log(`npm/growthstream-sdk-${manifest.version}.tgz`);

/** Gives the name of a package with its licence, which asks to be passed on. */
async function licenseOf(name: string): Promise<string> {
  const path = `${build}/node_modules/${name}`;
  for await (const file of Deno.readDir(path)) {
    if (!/^licen[cs]e/i.test(file.name)) continue;
    const text = await Deno.readTextFile(`${path}/${file.name}`);
    return `== ${name}\n\n${text}`;
  }
  throw new Error(`Cannot find the licence of ${name}`);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    if (isDirectory) await copyFolder(source, target);
    else await Deno.copyFile(source, target);
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Runs a command, and shows what it printed only where it failed. */
async function run(cwd: string, ...command: string[]): Promise<void> {
  const [name = "", ...args] = command;
  const env = { npm_config_update_notifier: "false", NO_COLOR: "1" };
  const { success, stdout, stderr } = await new Deno.Command(name, {
    args,
    cwd,
    env,
  }).output();
  if (success) return;
  console.error(new TextDecoder().decode(stdout));
  console.error(new TextDecoder().decode(stderr));
  throw new Error(`Cannot build the package: ${command.join(" ")} failed`);
}
