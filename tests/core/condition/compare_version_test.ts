import { assertEquals } from "@std/assert";
import { compareVersion } from "../../../core/condition/compare_version.ts";
import { paddedVersionString } from "../../../core/condition/padded_version_string.ts";

const pairs: readonly (readonly [lesser: string, greater: string])[] = [
  ["1.2.3", "1.2.4"],
  ["1.2", "1.2.0"],
  ["1.2.3-rc", "1.2.3"],
  ["1.9", "1.10"],
  // Parts that are rarely seen in a version are compared by their code units all the same.
  ["1.2.3", "1.2.3-~5"],
  ["1.2.a,", "1.2.a"],
  ["1.2.3", "1.2.3-\u007f"],
  ["1.a", "1.a\u0000"],
  ["2", "123456"],
];

for (const [lesser, greater] of pairs) {
  const both = `${JSON.stringify(lesser)} and ${JSON.stringify(greater)}`;
  Deno.test(`compareVersion() orders ${both}`, () => {
    const compare = (one: string, other: string) =>
      Math.sign(compareVersion(one, paddedVersionString(other)));
    assertEquals(compare(lesser, greater), -1);
    assertEquals(compare(greater, lesser), 1);
    assertEquals(compare(lesser, lesser), 0);
    assertEquals(compare(greater, greater), 0);
  });
}
