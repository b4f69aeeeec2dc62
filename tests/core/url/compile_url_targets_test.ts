import { assertEquals } from "@std/assert";
import { compileUrlTargets } from "../../../core/url/compile_url_targets.ts";

Deno.test("compileUrlTargets() reads each pattern once", () => {
  let reads = 0;
  const target = {
    include: true,
    type: "simple",
    get pattern() {
      reads++;
      return "/x";
    },
  } as const;
  const isTargeted = compileUrlTargets([target, target]);
  assertEquals([isTargeted("/x"), isTargeted("/y")], [true, false]);
  assertEquals(reads, 2);
});
