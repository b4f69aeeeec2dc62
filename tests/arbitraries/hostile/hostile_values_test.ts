import { assert } from "@std/assert";
import fc from "fast-check";
import { runs } from "../../support/runs.ts";
import { arbitraryHostileValue, hostileRecord } from "./hostile_values.ts";

Deno.test("arbitraryHostileValue can always be printed, also as a part of something", () => {
  const arbitrary = fc.oneof(
    arbitraryHostileValue,
    fc.array(arbitraryHostileValue, { maxLength: 3 }),
    hostileRecord(fc.constantFrom("id", "$in")),
  );
  fc.assert(
    fc.property(arbitrary, (value) => assert(fc.stringify(value) !== "")),
    runs(2000),
  );
});
