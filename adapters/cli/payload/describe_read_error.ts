import { describeName } from "../text/describe_name.ts";

/**
 * Tells in one line why a payload could not be read: `path` is what was asked for, `-` for standard
 * input, null for the example.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const error = Object.assign(new Error("os error 2"), { name: "NotFound" });
 * assertEquals(describeReadError("shop.json", error), "Cannot read shop.json: there is no such file");
 * ```
 */
export function describeReadError(path: string | null, error: Error): string {
  const source = path === null
    ? "the example"
    : path === "-"
    ? "standard input"
    : describeName(path);
  const reason = Object.hasOwn(reasons, error.name)
    ? reasons[error.name]!
    : describeName(error.message);
  return `Cannot read ${source}: ${reason}`;
}

/** What the errors of Deno mean, by name. */
const reasons: { readonly [name: string]: string } = {
  NotFound: "there is no such file",
  NotADirectory: "there is no such file",
  IsADirectory: "it is a directory",
  PermissionDenied: "the system does not permit it",
  NotCapable: "Deno runs without --allow-read for it",
};
