import { assert } from "@std/assert";
import { hasCode } from "../../../tools/coverage/has_code.ts";

Deno.test("hasCode() finds none in a module of types", () => {
  assert(
    !hasCode(`
      import type { A } from "./a.ts";
      /** Something. */
      export interface B extends A {}
    `),
  );
});

Deno.test("hasCode() finds a constant", () => {
  assert(hasCode("export const names = [] as const;"));
});

Deno.test("hasCode() takes handing on for code", () => {
  assert(hasCode('export * from "./a.ts";'));
});
