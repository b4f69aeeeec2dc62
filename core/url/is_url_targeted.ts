import { getOrMake } from "../support/get_or_make.ts";
import type { UrlTarget } from "../types/experiment.ts";
import { compileUrlTargets } from "./compile_url_targets.ts";

const compiled = /* @__PURE__ */ new WeakMap<
  object,
  (url: string) => boolean
>();

/**
 * Tells whether a page is among those that an experiment targets.
 *
 * `url` may be relative. A `regex` pattern is tested, with regard to case, against the whole
 * normalised URL and against what follows scheme and host. A `simple` pattern compares host and
 * path, and fragment and query parameters where it has them, without regard to case, scheme and
 * outer slashes; `*` stands for any text, and a pattern without a host goes for any host. A
 * pattern needs a dot in its host or a scheme before it: `localhost:3000/x` has to be
 * `http://localhost:3000/x`. `targets` are not to be changed afterwards: they are compiled once.
 *
 * Returns false when a target with `include: false` matches, or when there are no targets at all;
 * otherwise whether another target matches or there is no other. What cannot be parsed, URL or
 * pattern, matches nothing; a missing entry makes the answer false.
 *
 * @example
 * ```ts
 * import { isUrlTargeted, type UrlTarget } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const targets: UrlTarget[] = [
 *   { include: true, type: "simple", pattern: "shop.example.com/cart/*" },
 *   { include: false, type: "regex", pattern: "[?&]preview=" },
 * ];
 * assertEquals(isUrlTargeted("https://shop.example.com/cart/1", targets), true);
 * assertEquals(isUrlTargeted("https://shop.example.com/cart/1?preview=on", targets), false);
 * assertEquals(isUrlTargeted("https://example.com/cart/1", targets), false);
 * ```
 */
export function isUrlTargeted(
  url: string,
  targets: readonly UrlTarget[],
): boolean {
  if (typeof targets !== "object" || targets === null) return false;
  return getOrMake(compiled, targets, () => compileUrlTargets(targets))(url);
}
