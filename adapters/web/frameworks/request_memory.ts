/** What a middleware made of the requests that it has seen. */
export interface RequestMemory<Value> {
  /** Gives what was made of a request; undefined where nothing was. */
  readonly find: (request: object) => Value | undefined;
  /** Keeps what was made of a request, as long as the request is there. */
  readonly keep: (request: object, value: Value) => void;
}

/**
 * Makes the memory of one middleware, which may be mounted twice on the way of a request: for the whole
 * application, and again for a router. It is kept in the request itself, as in `identities.ts`, under a
 * symbol of this middleware alone.
 *
 * @example
 * ```ts
 * import { createRequestMemory } from "./request_memory.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const memory = createRequestMemory<string>();
 * const request = {};
 * memory.keep(request, "user 7");
 * assertEquals(memory.find(request), "user 7");
 * assertEquals(createRequestMemory().find(request), undefined);
 * ```
 */
export function createRequestMemory<Value>(): RequestMemory<Value> {
  const made: unique symbol = Symbol("growthstream.user");
  interface Seen {
    [made]?: Value;
  }
  return {
    find: (request) => (request as Seen)[made],
    keep: (request, value) => {
      // What was made of one that can't be written to is made again.
      if (Object.isExtensible(request)) (request as Seen)[made] = value;
    },
  };
}
