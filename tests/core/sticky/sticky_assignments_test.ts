import { assertEquals } from "@std/assert";
import { evalFeature } from "../../../mod.ts";
import { hasOlderAssignment } from "../../../core/sticky/sticky_assignments.ts";

Deno.test("hasOlderAssignment() takes whole versions from 0 up to the lowest, however many", () => {
  const rows: readonly (readonly [string, unknown, boolean])[] = [
    ["exp__0", undefined, false],
    ["exp__0", 0, false],
    ["exp__0", 1, true],
    ["exp__1", 1, false],
    ["exp__1", 1.5, true],
    ["exp__999", 1_000, true],
    ["exp__1000", 1_000, false],
    ["exp__1000", 1_001, true],
    ["exp__1001", 1_001, false],
    ["exp__123456", 200_000, true],
    ["exp__01", 2, false],
    ["exp__01", 2_000, false],
    ["other__0", 1, false],
    ["exp__1", "2", true],
    ["exp__0", "none", false],
  ];
  for (const [key, lowest, isOlder] of rows) {
    const assignments = { [key]: "0" };
    assertEquals(
      hasOlderAssignment(assignments, "exp", lowest as number),
      isOlder,
      `${key} below ${lowest}`,
    );
  }
});

Deno.test("an assignment of the hash attribute counts before that of the fallback, and any older one blocks", () => {
  const variationOf = (own: object, fallback: object) => {
    const documentOf = (attributeName: string, assignments: object) => ({
      attributeName,
      attributeValue: "7",
      assignments: assignments as Record<string, string>,
    });
    const rule = {
      key: "exp",
      variations: ["a", "b", "c"],
      meta: [{ key: "0" }, { key: "1" }, { key: "2" }],
      weights: [1, 0, 0],
      fallbackAttribute: "device",
      bucketVersion: 2,
      minBucketVersion: 1,
    };
    return evalFeature({
      attributes: { id: "7", device: "7" },
      features: { f: { defaultValue: "none", rules: [rule] } },
      stickyBucketAssignmentDocs: {
        "id||7": documentOf("id", own),
        "device||7": documentOf("device", fallback),
      },
    }, "f").value;
  };
  assertEquals(variationOf({}, {}), "a");
  assertEquals(variationOf({}, { exp__2: "2" }), "c");
  assertEquals(variationOf({ exp__2: "1" }, { exp__2: "2" }), "b");
  assertEquals(variationOf({ exp__2: "1" }, { exp__0: "2" }), "none");
  assertEquals(variationOf({ exp__0: "1" }, { exp__2: "2" }), "none");
});
