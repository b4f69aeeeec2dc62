/** What the bundler knows of a module. */
interface Module {
  /** The modules that it imports from the start. */
  readonly importedIds: readonly string[];
  /** Those that it imports by `import()`. */
  readonly dynamicallyImportedIds: readonly string[];
}

/** What the bundler knows of all modules. */
interface Modules {
  /** Gives a module by its path. */
  readonly getModuleInfo: (id: string) => Module | null;
}

/** Tells the name of the chunk that a module goes to; null leaves it to the bundler. */
type ChunkName = (id: string, modules: Modules) => string | null;

/**
 * Makes the function that puts modules into few files: each file that is loaded costs a program about
 * a millisecond at its start. Left to itself the bundler makes a file of each set of modules that the
 * same entries use.
 *
 * The client makes six: what it shares with the entries of the core, and what is left; of each, what a
 * page needs from the start is apart, as the bundler of an application puts a file into the first chunk
 * that needs any of it, with all that later chunks use of it. For the same reason what only later chunks
 * need is apart from both: a page waits for one more file where a later chunk imports a part of the first.
 * The few words that both know, such as the sources of a result, are apart as well.
 *
 * What the command has for itself is apart from its entry, too: in the file of the entry, what the files
 * of single commands need of it would stand among the exports of the package.
 *
 * Takes the path of each entry, by its name, and those of the modules that a page needs from the start.
 */
export function chunkNames(
  entries: { readonly [name: string]: string },
  pageModules: readonly string[],
): ChunkName {
  let chunks: readonly Chunk[] | null = null;
  return (id, modules) => {
    chunks ??= allChunks(entries, new Set(pageModules), modules);
    return chunks.find(({ members }) => members.has(id))?.name ?? null;
  };
}

interface Chunk {
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

function allChunks(
  entries: { readonly [name: string]: string },
  pageModules: ReadonlySet<string>,
  modules: Modules,
): readonly Chunk[] {
  const { client = "", cli = "", ...others } = entries;
  const late = reach(laterModules(client, modules), modules);
  const leaves = leavesOf(pageModules, modules);
  const page = pageModules.union(leaves.difference(late));
  const shared = leaves.intersection(late);
  const isCore = (path: string) => !path.includes("/adapters/");
  const members = reach([client], modules);
  members.delete(client);
  const core = reach(Object.values(others).filter(isCore), modules)
    .intersection(members);
  const own = members.difference(core);
  const later = members.difference(page).intersection(late)
    .difference(shared);
  const command = reach([cli], modules)
    .difference(reach([client, ...Object.values(others)], modules));
  command.delete(cli);
  return [
    { name: "core", members: core.intersection(page) },
    { name: "core_words", members: core.intersection(shared) },
    { name: "core_parts", members: core.difference(page).difference(later) },
    { name: "create_client", members: own.intersection(page) },
    { name: "later_parts", members: later },
    { name: "client_parts", members: own.difference(page).difference(later) },
    { name: "command", members: command },
  ];
}

/**
 * Lists the modules that these import and that need nothing else: constants that were inlined, and what
 * modules import for other exports than those that a page uses.
 */
function leavesOf(page: ReadonlySet<string>, modules: Modules) {
  const importsOf = (id: string) =>
    modules.getModuleInfo(id)?.importedIds ?? [];
  const leaves = [...page].flatMap(importsOf)
    .filter((id) => !page.has(id))
    .filter((id) => importsOf(id).every((next) => page.has(next)));
  return new Set(leaves);
}

/** The modules that an entry imports by `import()`, whatever leads there. */
function laterModules(entry: string, modules: Modules): string[] {
  const later = new Set<string>();
  const all = new Set([entry]);
  for (const id of all) {
    const found = modules.getModuleInfo(id);
    for (const next of found?.importedIds ?? []) all.add(next);
    for (const next of found?.dynamicallyImportedIds ?? []) {
      all.add(next);
      later.add(next);
    }
  }
  return [...later];
}

function reach(entries: readonly string[], modules: Modules): Set<string> {
  const found = new Set(entries);
  for (const id of found) {
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) {
      found.add(next);
    }
  }
  return found;
}
