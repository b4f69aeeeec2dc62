/** What the bundler knows of a module. */
interface Module {
  /** The modules that it imports from the start. */
  readonly importedIds: readonly string[];
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
 * a millisecond at its start.
 *
 * What the client shares with the entries of the core goes into one file, what it shares with other
 * entries into a second, and what is left of it into a third. Left to itself the bundler makes a file
 * of each set of modules that the same entries use. Takes the path of each entry, by its name.
 */
export function chunkNames(
  entries: { readonly [name: string]: string },
): ChunkName {
  let chunks: readonly Chunk[] | null = null;
  return (id, modules) => {
    chunks ??= clientChunks(entries, modules);
    return chunks.find(({ members }) => members.has(id))?.name ?? null;
  };
}

interface Chunk {
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

function clientChunks(
  entries: { readonly [name: string]: string },
  modules: Modules,
): readonly Chunk[] {
  const { client = "", cli: _, ...others } = entries;
  const paths = Object.values(others);
  const isAdapter = (path: string) => path.includes("/adapters/");
  const reached = (from: readonly string[]) => reach(from, modules);
  const members = reached([client]);
  members.delete(client);
  return [
    ["core", reached(paths.filter((path) => !isAdapter(path)))] as const,
    ["shared", reached(paths.filter(isAdapter))] as const,
    ["create_client", members] as const,
  ].map(([name, used]) => ({ name, members: members.intersection(used) }));
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
