import type { PackageConfiguration, PackageEntry } from "./package_entries.ts";
import { command, rangeOf } from "./package_manifest.ts";

/** Packages that only the build has: those that are ESM alone are bundled, so that `require` works. */
const bundled = ["uuid", "eventsource-parser"];
const external = ["rxjs"];
/** Packages whose types the sources name. They are never bundled. */
const typesOnly = [
  "react",
  "@types/react",
  "@openfeature/core",
  "@openfeature/server-sdk",
  "@openfeature/web-sdk",
  "hono",
  "@types/express",
  "fastify",
  "@types/koa",
];

/** Makes the `package.json` of the folder in which the package is built. */
export function buildManifest(
  { name, imports }: PackageConfiguration,
): { readonly [field: string]: unknown } {
  const ranges = (names: readonly string[]) =>
    Object.fromEntries(
      names.filter((each) => imports[each] !== undefined)
        .map((each) => [each, rangeOf(imports[each])]),
    );
  return {
    name,
    private: true,
    type: "module",
    dependencies: ranges(external),
    peerDependencies: ranges(typesOnly),
    devDependencies: ranges(bundled),
  };
}

/** Makes the settings of the build, by file name. */
export function buildSettings(
  entries: readonly PackageEntry[],
): readonly (readonly [name: string, text: string])[] {
  const sources = Object.fromEntries(
    entries.map(({ name, source }) => [name, source]),
  );
  const shared = {
    platform: "neutral",
    target: "es2022",
    outDir: "dist",
    fixedExtension: true,
    sourcemap: true,
    dts: { generator: "oxc" },
    deps: { neverBundle: [/^node:/], onlyBundle: bundled },
  };
  const configurations = [
    { ...shared, entry: sources, format: ["esm", "cjs"] },
    ...(sources["cli"] === undefined ? [] : [{
      ...shared,
      entry: { bin: command.source },
      format: ["esm"],
      clean: false,
      dts: false,
    }]),
  ];
  return [
    ["tsdown.config.mjs", `export default ${literal(configurations)};\n`],
    [
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          target: "es2022",
          lib: ["esnext", "dom", "dom.iterable"],
          module: "esnext",
          moduleResolution: "bundler",
          jsx: "react-jsx",
          strict: true,
          isolatedDeclarations: true,
          allowImportingTsExtensions: true,
          noEmit: true,
          skipLibCheck: true,
        },
      }),
    ],
  ];
}

/** Writes a value as JavaScript: JSON, and regular expressions. */
function literal(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, entry]) =>
    `${JSON.stringify(name)}: ${literal(entry)}`
  );
  return `{ ${entries.join(", ")} }`;
}
