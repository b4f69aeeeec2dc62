import { describeName } from "../text/describe_value.ts";

/**
 * Tells in one line why a payload could not be read: `path` is the file or the URL, `-` is standard
 * input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const error = Object.assign(new Error("no such file"), { code: "ENOENT" });
 * assertEquals(describeReadError("shop.json", error), "Cannot read shop.json: there is no such file");
 * ```
 */
export function describeReadError(path: string, error: Error): string {
  const source = path === "-" ? "standard input" : describeName(path);
  return `Cannot read ${source}: ${reasonOf(error, reasons)}`;
}

/**
 * Tells in one line why a file could not be written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const error = Object.assign(new Error("no such file"), { code: "ENOENT" });
 * assertEquals(
 *   describeWriteError("src/flags.ts", error),
 *   "Cannot write src/flags.ts: there is no such folder",
 * );
 * ```
 */
export function describeWriteError(path: string, error: Error): string {
  return `Cannot write ${describeName(path)}: ${
    reasonOf(error, {
      ...reasons,
      ENOENT: "there is no such folder",
      ENOTDIR: "there is no such folder",
      NotCapable: "Deno runs without the permission (--allow-write)",
    })
  }`;
}

function reasonOf(
  error: Error,
  reasons: { readonly [name: string]: string },
): string {
  const { code } = error as { readonly code?: unknown };
  const reason = [code, error.name].find((name) =>
    typeof name === "string" && Object.hasOwn(reasons, name)
  );
  return reasons[reason as string] ?? describeName(error.message);
}

/** What errors mean, by the code of the system or, where they have none, by name. */
const reasons: { readonly [name: string]: string } = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "the system does not permit it",
  EPERM: "the system does not permit it",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  TimeoutError: "the server does not answer in time",
  NotCapable: "Deno runs without the permission (--allow-read, --allow-net)",
};
