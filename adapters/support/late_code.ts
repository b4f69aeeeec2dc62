/** Code that is loaded when it is needed, or before, where that costs nothing. */
export interface LateCode<Code> {
  /** The code; null where it is not there yet. */
  readonly loaded: () => Code | null;
  /** Loads it, once. Rejects where that fails; the next call then tries again. */
  readonly load: () => Promise<Code>;
}

/**
 * Makes the holder of code that is loaded late. In a page each byte is loaded through a network, so
 * that it waits until the code is needed. Anywhere else, {@linkcode LateCode.load} may be called ahead
 * of that: see {@linkcode isPage}.
 *
 * @example
 * ```ts
 * import { lateCode } from "./late_code.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = lateCode(() => import("node:path"));
 * assertEquals(path.loaded(), null);
 * await path.load();
 * assertEquals(path.loaded()?.sep === undefined, false);
 * ```
 */
export function lateCode<Code>(load: () => Promise<Code>): LateCode<Code> {
  let code: Code | null = null;
  let loading: Promise<Code> | null = null;
  return {
    loaded: () => code,
    load: () =>
      loading ??= load().then(
        (loaded) => code = loaded,
        (error) => {
          loading = null;
          throw error;
        },
      ),
  };
}

/** Whether this is a page, where code is loaded through a network. */
export function isPage(): boolean {
  return typeof (globalThis as { readonly document?: unknown }).document ===
    "object";
}
