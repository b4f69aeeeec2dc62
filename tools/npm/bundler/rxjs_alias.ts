/** What the bundler asks of a plugin, as far as this one answers. */
interface BundlerPlugin {
  /** The name that errors speak of. */
  readonly name: string;
  /** Tells which module an import means; null leaves it to others. */
  readonly resolveId: (
    id: string,
    importer?: string,
  ) => { readonly id: string; readonly external: true } | null;
}

/** What the package imports in place of RxJS; `imports` of its manifest tells what that is. */
export const rxjsAlias = "#rxjs";

/**
 * Makes the plugin that has the package import `#rxjs` in place of `rxjs`.
 *
 * RxJS is 200 files of CommonJS on a server, where its index loads them all and its entries for single
 * files load 20 to 60: several times what the rest of the client costs. So servers get one file of the
 * few parts that are used, and pages, where bytes count and bundlers leave out what isn't used, get the
 * application's RxJS, by a file that exports these parts of it: Metro, the bundler of React Native, takes
 * every target in `imports` for a file of the package. Types are always those of the dependency.
 */
export function rxjsPlugin(): BundlerPlugin {
  return {
    name: "rxjs-alias",
    resolveId: (id, importer = "") => {
      if (id !== "rxjs") return null;
      const isDeclaration = /\.d\.[cm]?ts($|\?)/.test(importer);
      return { id: isDeclaration ? id : rxjsAlias, external: true };
    },
  };
}
