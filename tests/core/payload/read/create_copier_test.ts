import { assert, assertEquals } from "@std/assert";
import { createCopier } from "../../../../core/payload/read/create_copier.ts";

for (
  const [what, values] of [
    ["list", new Array<number>(1000).fill(1)],
    ["object", Object.fromEntries(new Array(1000).fill(1).entries())],
  ] as const
) {
  Deno.test(`createCopier() reads the values of a ${what} that is shared a bounded number of times`, () => {
    let reads = 0;
    const shared = new Proxy(values, {
      get: (target, name) => {
        reads++;
        return Reflect.get(target, name);
      },
    });
    let value: unknown = shared;
    for (let level = 0; level < 10; level++) value = [value, value];
    let copy: unknown = createCopier(1000).copy(value);
    while (Array.isArray(copy) && copy.length === 2) copy = copy[0];
    assertEquals(copy, values);
    assert(reads < 10 * 1000, `${reads} reads`);
  });
}
