import type { RequestUserOptions } from "../request_user_options.ts";

/**
 * How requests become users, in a framework that knows by a setting of its own whether to trust a
 * proxy. `Source` is what handlers are given.
 */
export type FlagsOptions<Source> = Omit<
  RequestUserOptions<Source>,
  "trustProxy"
>;

/** Gives the reads that a middleware left, and refuses where none did. */
export function readFlags<Reads>(reads: Reads | undefined | null): Reads {
  if (reads !== undefined && reads !== null) return reads;
  throw new TypeError(
    "Cannot read the flags of a request: the middleware `flags` did not run before",
  );
}
