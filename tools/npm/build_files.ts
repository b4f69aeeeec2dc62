import type { PackageConfiguration, PackageEntry } from "./package_entries.ts";
import { command, rangeOf } from "./package_manifest.ts";

/** Packages that only the build has: those that are ESM alone are bundled, so that `require` works. */
const bundled = ["uuid", "eventsource-parser"];
/** The package of which the used parts are a file of their own. */
const split = ["rxjs"];
const rxjsIndex = "./node_modules/rxjs/dist/esm/index.js";
/** The packages of which the archive has parts. */
export const includedPackages: readonly string[] = [
  ...bundled,
  ...split,
  "tslib",
];
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

/**
 * Modules that stay files of their own, though no application imports them by name: React's hooks, which
 * a server component can reach only by a reference, and what it may call all the same.
 */
const apart = {
  "react-hooks": "adapters/react/hooks.ts",
  "react-stores": "adapters/react/stores.ts",
};

/**
 * Puts the directive of React's client modules at the head of each built file that imports React, given
 * its text: a bundler drops it.
 */
export function markClientModule(text: string): string {
  const isMarked = text.startsWith('"use client"');
  return !isMarked && /from "react";|require\("react"\)/.test(text)
    ? `"use client";${text}`
    : text;
}

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
    peerDependencies: ranges(typesOnly),
    devDependencies: ranges([...bundled, ...split]),
  };
}

/** What the build has to know of the sources. */
export interface BuildFacts {
  /** The names that they import from RxJS. */
  readonly rxjsNames: readonly string[];
  /** The modules that a page needs from the start, as paths from the folder of the build. */
  readonly pageModules: readonly string[];
}

/** Makes the files by which pages get the application's RxJS, by name, given the names that are used. */
export function pageRxjsFiles(
  names: readonly string[],
): readonly (readonly [name: string, text: string])[] {
  return [
    ["rxjs-page.mjs", `export { ${names.join(", ")} } from "rxjs";\n`],
    ["rxjs-page.cjs", 'module.exports = require("rxjs");\n'],
  ];
}

/** Makes the settings of the build, by file name. */
export function buildSettings(
  entries: readonly PackageEntry[],
  { rxjsNames, pageModules }: BuildFacts,
): readonly (readonly [name: string, text: string])[] {
  const sources = Object.fromEntries(
    entries.map(({ name, source }) => [name, source]),
  );
  const shared = {
    platform: "neutral",
    // CommonJS too: a page or a Worker may load it, and it needs nothing of Node.
    inputOptions: {
      platform: "neutral",
      // What entries share has files of its own. In the file of an entry it would stand among the
      // exports of the package, under names such as `t`.
      experimental: { chunkOptimization: { mergeCommonChunks: false } },
    },
    target: "es2022",
    outDir: "dist",
    fixedExtension: true,
    sourcemap: true,
    dts: { generator: "oxc" },
    // The documentation stands in the types: programs need not read it at every start.
    outputOptions: {
      comments: { legal: true, annotation: true, jsdoc: false },
    },
    deps: {
      neverBundle: [/^node:/, /^#rxjs$/],
      dts: { neverBundle: [/^node:/, /^rxjs$/] },
      onlyBundle: bundled,
    },
  };
  const configurations = [
    { ...shared, entry: { ...sources, ...apart }, format: ["esm", "cjs"] },
    {
      ...shared,
      entry: { rxjs: "rxjs.js" },
      format: ["esm", "cjs"],
      clean: false,
      dts: false,
      deps: { onlyBundle: ["rxjs", "tslib"] },
    },
    ...(sources["cli"] === undefined ? [] : [{
      ...shared,
      entry: { bin: command.source },
      format: ["esm"],
      clean: false,
      dts: false,
    }]),
  ];
  return [
    ["rxjs.js", `export { ${rxjsNames.join(", ")} } from "${rxjsIndex}";\n`],
    ["tsdown.config.mjs", settingsText(configurations, pageModules)],
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

function settingsText(
  [library, rxjs, bin]: readonly object[],
  pageModules: readonly string[],
): string {
  return `import { resolve } from "node:path";
import { chunkNames } from "./bundler/chunk_name.ts";
import { rxjsPlugin } from "./bundler/rxjs_alias.ts";

const plugins = [rxjsPlugin()];
const library = ${literal(library)};
const paths = Object.fromEntries(
  Object.entries(library.entry).map(([name, path]) => [name, resolve(path)]),
);
const pageModules = ${literal(pageModules)}.map((path) => resolve(path));
const outputOptions = (options) => ({
  ...options,
  ...library.outputOptions,
  codeSplitting: {
    groups: [{ name: chunkNames(paths, pageModules), includeDependenciesRecursively: false }],
  },
});
export default [
  { ...library, plugins, outputOptions },
  ${literal(rxjs)},
  ${bin === undefined ? "" : `{ ...${literal(bin)}, plugins },`}
];
`;
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
