/** The modules of runtimes for servers that are used beside what browsers have too. */
export interface BuiltIns {
  readonly "node:crypto": typeof import("node:crypto");
  readonly "node:fs": typeof import("node:fs");
  readonly "node:fs/promises": typeof import("node:fs/promises");
  readonly "node:path": typeof import("node:path");
  readonly "node:url": typeof import("node:url");
}

/**
 * Gives a module that Deno, Bun and Node (from 20.16) bring along. What browsers import as well asks
 * for it here, when it is needed: an import would keep bundlers for browsers, and browsers, from
 * loading anything that stands beside it. Throws an `Error` where the runtime has no such module.
 *
 * @example
 * ```ts
 * import { builtIn } from "./built_in.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { basename } = builtIn("node:path");
 * assertEquals(basename("/srv/payload.json"), "payload.json");
 * ```
 */
export function builtIn<Name extends keyof BuiltIns>(
  name: Name,
): BuiltIns[Name] {
  const { process } = globalThis as { readonly process?: Runtime };
  const found = process?.getBuiltinModule?.(name);
  if (found === undefined) {
    throw new Error(
      `Cannot use files: the current runtime has no module "${name}", which Node gives from 20.16 on`,
    );
  }
  return found as BuiltIns[Name];
}

interface Runtime {
  readonly getBuiltinModule?: (name: string) => unknown;
}
