import { assertEquals } from "@std/assert";

/** A call that a spy saw. */
export interface SpyCall<Args extends unknown[], Return> {
  /** What it was called with. */
  args: Args;
  /** What it returned. */
  returned?: Return;
  /** What it threw. */
  error?: unknown;
}

/** A function that remembers its calls. */
export interface Spy<Args extends unknown[], Return> {
  (...args: Args): Return;
  /** The calls, oldest first. */
  calls: SpyCall<Args, Return>[];
}

/** Makes a function that remembers its calls, around another one. */
export function spy<Args extends unknown[] = [], Return = undefined>(
  original?: (...args: Args) => Return,
): Spy<Args, Return> {
  const calls: SpyCall<Args, Return>[] = [];
  const spied = (...args: Args): Return => {
    const call: SpyCall<Args, Return> = { args };
    calls.push(call);
    try {
      return call.returned = original?.(...args) as Return;
    } catch (error) {
      call.error = error;
      throw error;
    }
  };
  return Object.assign(spied, { calls });
}

/** Asserts how often a spy was called. */
export function assertSpyCalls<Args extends unknown[], Return>(
  spied: Spy<Args, Return>,
  expectedCalls: number,
): void {
  assertEquals(spied.calls.length, expectedCalls);
}
