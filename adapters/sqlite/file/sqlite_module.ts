/**
 * Gives the SQLite of the runtime. It is looked up when a file is opened, so that importing what stands
 * here works everywhere. Throws an `Error` that names the required versions where there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { DatabaseSync } = sqliteModule();
 * const database = new DatabaseSync(":memory:");
 * assertEquals(database.prepare("SELECT 1 AS value").get()?.value, 1);
 * database.close();
 * ```
 */
export function sqliteModule(): typeof import("node:sqlite") {
  const { process } = globalThis as { readonly process?: Runtime };
  const found = process?.getBuiltinModule?.("node:sqlite");
  if (found !== undefined) return found as typeof import("node:sqlite");
  throw new Error(
    `Cannot open the event log: ${
      runtimeName(process)
    } has no module "node:sqlite"`,
  );
}

function runtimeName(process: Runtime | undefined): string {
  const { version } = process ?? {};
  return version === undefined ? "the current runtime" : `Node ${version}`;
}

interface Runtime {
  readonly version?: string;
  readonly getBuiltinModule?: (name: string) => unknown;
}
