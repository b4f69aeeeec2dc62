import { assertThrows } from "@std/assert";
import { listExposureCounts } from "../../../../core/events/mod.ts";

Deno.test("the functions that read a state say so where it is none, such as a misspelt one", () => {
  const states: { readonly [name: string]: never } = {};
  assertThrows(
    () => listExposureCounts(states["exposureCount"]!),
    TypeError,
    "Cannot read the state of a projection: the current value is undefined",
  );
});
