import { builtIn } from "../../support/built_in.ts";
import type { PayloadCache } from "./payload_cache.ts";

/**
 * Keeps a source's payload in a file of its own, which is replaced at once or not at all, and which
 * only its owner may read. For Deno, Node and Bun. The folder has to be there.
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
  return {
    load: async (name) => {
      const { readFile } = builtIn("node:fs/promises");
      let text: string;
      try {
        text = await readFile(path, "utf8");
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === "ENOENT") {
          return null;
        }
        throw error;
      }
      const end = text.indexOf("\n");
      // The file of another source is none of this one's business.
      return text.slice(0, end) === name ? text.slice(end + 1) : null;
    },
    save: async (name, text) => {
      const { rename, rm, writeFile } = builtIn("node:fs/promises");
      const draft = `${path}.${crypto.randomUUID()}.tmp`;
      try {
        await writeFile(draft, `${name}\n${text}`, { mode: 0o600 });
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}
