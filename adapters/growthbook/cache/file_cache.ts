import { showValue } from "../../../core/payload/read/show_value.ts";
import { builtIn } from "../../support/built_in.ts";
import type { PayloadCache } from "./payload_cache.ts";

/** The largest file that is read, in bytes; a payload is smaller by far. */
const maxBytes = 2 ** 26;

/** How often a write is tried whose draft another process took for one that was left behind. */
const attempts = 5;

/**
 * Keeps a source's payload in a file of its own, which is replaced at once or not at all, and which
 * only its owner may read. For Deno, Node and Bun. The folder has to be there.
 *
 * A process that is killed while it writes leaves a draft beside the file, named like it and ending in
 * `.tmp`. The first use of the next cache removes those. `load` rejects where the file can't be read,
 * is not a file, or has more than 64 MiB. Throws a `TypeError` where the path is empty or not a text.
 *
 * @example
 * ```ts
 * import { fileCache } from "@growthstream/sdk/growthbook";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const cache = fileCache(`${folder}/payload.json`);
 * assertEquals(await cache.load("payload"), null);
 *
 * await cache.save("payload", "{}");
 * assertEquals(await cache.load("payload"), "{}");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function fileCache(path: string): PayloadCache {
  // A source goes on without a cache that fails, so a mistake would hardly be noticed.
  if (typeof path !== "string" || path === "") {
    throw new TypeError(
      `Cannot keep the payload in a file: path should be a text, the current value is ${
        showValue(path)
      }`,
    );
  }
  let cleaned: Promise<void> | null = null;
  const clean = () => cleaned ??= removeDrafts(path).catch(() => {});
  return {
    load: async (name) => {
      await clean();
      const text = await readText(path);
      if (text === null) return null;
      const end = text.indexOf("\n");
      // The file of another source is not this one's.
      return text.slice(0, end) === name ? text.slice(end + 1) : null;
    },
    save: async (name, text) => {
      await clean();
      for (let attempt = 1;; attempt++) {
        try {
          return await replaceFile(path, `${name}\n${text}`);
        } catch (error) {
          if (!isMissing(error) || attempt === attempts) throw error;
        }
      }
    },
  };
}

async function readText(path: string): Promise<string | null> {
  const { readFile, stat } = builtIn("node:fs/promises");
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new TypeError("Cannot read: it is no file");
    if (found.size > maxBytes) {
      throw new RangeError(
        `Cannot read: the file has ${found.size} bytes, more than ${maxBytes}`,
      );
    }
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const { rename, rm, writeFile } = builtIn("node:fs/promises");
  const draft = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: "wx" });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

// Nothing tells a draft that was left behind from one that is being written. A writer whose draft is
// gone writes it again.
async function removeDrafts(path: string): Promise<void> {
  const { readdir, rm } = builtIn("node:fs/promises");
  const { basename, dirname, join } = builtIn("node:path");
  const start = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(start)) continue;
    if (!/^[\da-f-]{36}\.tmp$/.test(name.slice(start.length))) continue;
    await rm(join(dirname(path), name), { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === "ENOENT";
}
