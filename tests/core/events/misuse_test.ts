import { assertEquals, assertThrows } from "@std/assert";
import {
  featureUsage,
  replay,
  summarizeDecisions,
  verifyDecisions,
} from "../../../core/events/mod.ts";

Deno.test("replay(), verifyDecisions() and summarizeDecisions() refuse what is no list", () => {
  // Such as what `store.read(0)` gives, which nobody waited for.
  for (const odd of [undefined, null, 7, {}, Promise.resolve([])] as never[]) {
    const calls: readonly (readonly [() => unknown, string])[] = [
      [() => replay(odd, { featureUsage }), "replay events"],
      [() => [...verifyDecisions(odd, new Map())], "verify the decisions of"],
      [() => [...verifyDecisions([], odd)], "verify decisions by payloads"],
      [() => summarizeDecisions(odd), "summarize decisions"],
    ];
    for (const [call, task] of calls) {
      const error = assertThrows(call, TypeError, `Cannot ${task}`) as Error;
      assertEquals(error.message.includes("a list is needed"), true);
    }
  }
});

Deno.test("replay() refuses projections that are none, and takes null for no options", () => {
  assertThrows(
    () => replay([], undefined as never),
    TypeError,
    "Cannot replay events: projections by name are needed, the current value is undefined",
  );
  assertEquals(replay([], {}, null as never).count, 0);
  assertEquals([...verifyDecisions([], new Map(), null as never)], []);
});
