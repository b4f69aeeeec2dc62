/** Something that ends, and the signal of its end. */
export interface Ending {
  /** Gives the signal, which is aborted at the end. It is made when it is asked for first. */
  readonly signal: () => AbortSignal;
  /** Ends it. */
  readonly end: () => void;
}

/**
 * Makes an ending whose signal is made late: few ask for one, it costs more than most of what ends, and
 * Cloudflare Workers refuse to make one while a module is loaded.
 *
 * @example
 * ```ts
 * import { createEnding } from "./create_ending.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ending = createEnding();
 * ending.end();
 * assertEquals(ending.signal().aborted, true);
 * ```
 */
export function createEnding(): Ending {
  let controller: AbortController | null = null;
  const make = () => controller ??= new AbortController();
  return {
    signal: () => make().signal,
    end: () => make().abort(),
  };
}
