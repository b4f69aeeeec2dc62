import type { RequestUserOptions } from "../request_user_options.ts";

/**
 * How requests become users, in a framework that knows by a setting of its own whether to trust a
 * proxy. `Source` is what handlers are given.
 */
export type FlagsOptions<Source> = Omit<
  RequestUserOptions<Source>,
  "trustProxy"
>;

/** Gives the reads that a middleware left in the property `flags` of something, and refuses where none did. */
export function readFlags<Reads>(holder: unknown): Reads {
  const { flags }: { readonly flags?: Reads | null } = Object(holder);
  if (flags !== undefined && flags !== null) return flags;
  throw new TypeError(
    "Cannot read the flags of a request: the middleware `flags` did not run before",
  );
}
