/** One entry of the package: what is imported, and what it is built from. */
export interface PackageEntry {
  /** The subpath of the export, such as `"./client"`; `"."` is the package itself. */
  readonly subpath: string;
  /** The name of the built files, without an ending. */
  readonly name: string;
  /** The source, from the root of the repository. */
  readonly source: string;
}

/** The parts of `deno.json` that a package is made from. */
export interface PackageConfiguration {
  /** The package's name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Its licence. */
  readonly license: string;
  /** The source of each export. */
  readonly exports: { readonly [subpath: string]: string };
  /** Where bare names come from, such as `"npm:rxjs@^7.8"`. */
  readonly imports: { readonly [name: string]: string };
}

/** Lists the entries of the package: the exports of `deno.json`, so that there is one list of them. */
export function packageEntries(
  { exports }: PackageConfiguration,
): readonly PackageEntry[] {
  return Object.entries(exports).map(([subpath, source]) => ({
    subpath,
    name: subpath === "." ? "index" : subpath.slice("./".length),
    source: source.slice("./".length),
  }));
}
