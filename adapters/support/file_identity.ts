import { builtIn } from "./built_in.ts";

/**
 * Tells which file is at a path, by its device and its number there; null where there is none, or it
 * can't be looked at. Another file under the same path has another identity.
 *
 * Asking takes about 5 µs, so it can be asked for each append.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * const identity = fileIdentity(path);
 * assertEquals(fileIdentity(path), identity);
 * await Deno.remove(path);
 * assertEquals(fileIdentity(path), null);
 * ```
 */
export function fileIdentity(path: string): string | null {
  try {
    const { dev, ino } = stat(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

// Deno's own takes a quarter of the time that its `node:fs` takes.
function stat(path: string): { readonly dev: unknown; readonly ino: unknown } {
  const { Deno } = globalThis as { readonly Deno?: DenoFiles };
  return Deno?.statSync?.(path) ?? builtIn("node:fs").statSync(path);
}

interface DenoFiles {
  readonly statSync?: (
    path: string,
  ) => { readonly dev: number; readonly ino: number | null };
}
