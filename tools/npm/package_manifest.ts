import { rxjsAlias } from "./bundler/rxjs_alias.ts";
import type { PackageConfiguration, PackageEntry } from "./package_entries.ts";

/** The name of the command that the package installs, and what it is built from. */
export const command = {
  name: "growthstream",
  source: "adapters/cli/bin.ts",
} as const;

/** Packages that an application brings along where it uses the entry that needs them. */
const optionalPeers: { readonly [name: string]: string } = {
  "react": "^18 || ^19",
  "@openfeature/core": "^1.12",
  "@openfeature/server-sdk": "^1.23",
  "@openfeature/web-sdk": "^1.10",
  "hono": "^4",
};

/** A manifest: what `package.json` holds. */
export interface Manifest {
  /** The package's name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Everything else, as npm and the runtimes read it. */
  readonly [field: string]: unknown;
}

/** What else a manifest is made from. */
export interface ManifestOptions {
  /** The entries of the package. */
  readonly entries: readonly PackageEntry[];
  /** The repository on GitHub, such as `"owner/name"`; left out where it is not known. */
  readonly repository: string | undefined;
}

/** Makes the `package.json` that is published. The rest of the package is made by tsdown. */
export function packageManifest(
  configuration: PackageConfiguration,
  { entries, repository }: ManifestOptions,
): Manifest {
  const { name, version, license, exports, imports } = configuration;
  const peers = Object.entries(optionalPeers).filter(([peer]) =>
    imports[peer] !== undefined
  );
  const main = filesOf("index");
  return {
    name,
    version,
    description:
      "GrowthBook feature flags and A/B tests: pure functions, RxJS streams, event-sourced tracking",
    keywords: ["feature-flags", "ab-testing", "experiments", "growthbook"],
    license,
    ...(repository === undefined ? {} : {
      repository: {
        type: "git",
        url: `git+https://github.com/${repository}.git`,
      },
    }),
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.0.0" },
    main: main.require.default,
    module: main.import.default,
    types: main.require.types,
    exports: {
      ...Object.fromEntries(
        entries.map((entry) => [entry.subpath, filesOf(entry.name)]),
      ),
      "./package.json": "./package.json",
    },
    imports: {
      // `tools/npm/bundler/rxjs_alias.ts` tells why.
      [rxjsAlias]: {
        node: {
          import: "./dist/rxjs.mjs",
          require: "./dist/rxjs.cjs",
        },
        default: {
          import: "./dist/rxjs-page.mjs",
          require: "./dist/rxjs-page.cjs",
        },
      },
    },
    ...(exports["./cli"] === undefined
      ? {}
      : { bin: { [command.name]: "./dist/bin.mjs" } }),
    files: ["dist", "CHANGES.md", "THIRD_PARTY_LICENSES.txt"],
    dependencies: { rxjs: rangeOf(imports["rxjs"]) },
    ...(peers.length === 0 ? {} : {
      peerDependencies: Object.fromEntries(peers),
      peerDependenciesMeta: Object.fromEntries(
        peers.map(([peer]) => [peer, { optional: true }]),
      ),
    }),
  };
}

/** The range of an import of `deno.json`: `"^7.8"` of `"npm:rxjs@^7.8"`. */
export function rangeOf(specifier = ""): string {
  return specifier.slice(specifier.lastIndexOf("@") + 1);
}

function filesOf(name: string) {
  return {
    import: {
      types: `./dist/${name}.d.mts`,
      default: `./dist/${name}.mjs`,
    },
    require: {
      types: `./dist/${name}.d.cts`,
      default: `./dist/${name}.cjs`,
    },
  };
}
