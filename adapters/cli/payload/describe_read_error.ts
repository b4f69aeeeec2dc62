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
  const { code } = error as { readonly code?: unknown };
  const reason = [code, error.name].find((name) =>
    typeof name === "string" && Object.hasOwn(reasons, name)
  );
  return `Cannot read ${source}: ${
    reason === undefined
      ? describeName(error.message)
      : reasons[reason as string]
  }`;
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
