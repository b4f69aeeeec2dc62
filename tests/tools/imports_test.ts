import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path/posix";
import { filesEnding } from "../../tools/gate/files_ending.ts";

const files = ["core", "adapters", "tools", "bench"]
  .flatMap((folder) => filesEnding(".ts", folder));

/** Gives the files that one imports, each with whether it takes more than types from it. */
function importsOf(file: string): ReadonlyMap<string, boolean> {
  const source = Deno.readTextFileSync(file).replaceAll(/\/\*\*.*?\*\//gs, "");
  const imports = new Map<string, boolean>();
  const note = (path: string, isValue: boolean) => {
    const target = join(dirname(file), path);
    imports.set(target, isValue || imports.get(target) === true);
  };
  const statement = /^(?:im|ex)port\s+(type\s)?([^;"]*?)\sfrom\s"(\.[^"]+)"/gm;
  for (const [, type, names = "", path = ""] of source.matchAll(statement)) {
    const isValue = type === undefined && names.replace(/[{}]/g, "").split(",")
      .some((name) => name.trim() !== "" && !/^\s*type\s/.test(name));
    note(path, isValue);
  }
  for (const [, path = ""] of source.matchAll(/\bimport\(\s*"(\.[^"]+)"/g)) {
    note(path, true);
  }
  return imports;
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Gives a ring of files, each of which takes values of the next; null where there is none. */
function findRing(): readonly string[] | null {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): typeof way | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const [next, isValue] of imports.get(file) ?? []) {
      const ring = isValue ? walk(next, [...way, file]) : null;
      if (ring !== null) return ring;
    }
    done.add(file);
    return null;
  };
  for (const file of files) {
    const ring = walk(file, []);
    if (ring !== null) return ring;
  }
  return null;
}

Deno.test("no files import values of each other in a ring", () => {
  assertEquals(findRing(), null);
});

Deno.test("imports go from adapters to the core, and not the other way", () => {
  const allowed = {
    "core/": /^core\//,
    "adapters/": /^(?:core|adapters)\/|\.json$/,
  };
  const odd = Object.entries(allowed).flatMap(([folder, targets]) =>
    [...imports].filter(([file]) => file.startsWith(folder))
      .flatMap(([file, paths]) =>
        [...paths.keys()].filter((path) => !targets.test(path))
          .map((path) => `${file} imports ${path}`)
      )
  );
  assertEquals(odd, []);
});
