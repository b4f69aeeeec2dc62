import { assert, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { runs } from "./runs.ts";

Deno.test("a law that fails prints the seed and the smallest counterexample", () => {
  const parameters = runs(1000);
  const error = assertThrows(() =>
    fc.assert(fc.property(fc.nat(), (number) => number < 100), parameters)
  );
  assert(error instanceof Error);
  assertMatch(error.message, new RegExp(`seed: ${parameters.seed}\\b`));
  assertMatch(error.message, /Counterexample: \[100\]/);
});
