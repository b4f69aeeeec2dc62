import { assertEquals } from "@std/assert";
import { readPath } from "../../../core/condition/read_path.ts";
import { evalCondition } from "../../../mod.ts";

const record = {
  a: { b: [{ c: 1 }], "": { "": 2 } },
  "": { x: 3 },
  "a.b": 4,
  n: null,
};

Deno.test("readPath() reads own properties only, and null where the path breaks off", () => {
  const paths = {
    "a.b.0.c": 1,
    "a..": 2,
    ".x": 3,
    "a.b.0.c.d": null,
    "n": null,
    "n.x": null,
    "a.toString": null,
    "__proto__": null,
    "a.b.1": null,
    "x.y": null,
    "a.b.": null,
  };
  for (const [path, expected] of Object.entries(paths)) {
    assertEquals(readPath(record, path.split(".")), expected, path);
  }
  assertEquals(readPath(null, ["a"]), null);
});

Deno.test("$savedGroup reads the path of each group, also where groups change", () => {
  const condition = { $savedGroup: { id: "g" } };
  const belongs = (attributeKey: string, value: unknown) =>
    evalCondition(record, condition, {
      g: { type: "list", attributeKey, values: [value as string] },
    });
  assertEquals(belongs("", 4), false);
  assertEquals(belongs(".x", 3), true);
  assertEquals(belongs("a.b.0.c", 1), true);
  assertEquals(belongs("a..", 2), true);
  assertEquals(belongs("", record[""]), true);
});
