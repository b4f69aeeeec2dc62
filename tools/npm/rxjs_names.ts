/**
 * Lists the names that source texts import from RxJS, in order: those of values, because types are
 * gone from what is built.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = 'import { Subject, type Observer } from "rxjs";';
 * assertEquals(rxjsNames([text]), ["Subject"]);
 * ```
 */
export function rxjsNames(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) =>
    [...text.matchAll(/^import \{([^}]*)\} from "rxjs";/gm)]
      .flatMap(([, list = ""]) => list.split(","))
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "))
  );
  return [...new Set(names)].sort();
}
