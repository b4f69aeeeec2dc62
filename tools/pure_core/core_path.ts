import { isAbsolute, relative, resolve, sep } from "node:path";

const CORE = resolve(import.meta.dirname ?? ".", "../../core");

/**
 * The path of a file inside the `core/` of this repository, with forward
 * slashes, such as `url/parse_url.ts`; `undefined` for a file outside it.
 */
export function corePath(filename: string): string | undefined {
  const path = relative(CORE, filename);
  const outside = path === ".." || path.startsWith(`..${sep}`);
  return outside || isAbsolute(path) ? undefined : path.replaceAll(sep, "/");
}
