import { assertEquals } from "@std/assert";
import { readDottedPath, readPath } from "../../../core/condition/read_path.ts";

Deno.test("readDottedPath() reads what readPath() reads at the same path", () => {
  const record = {
    a: { b: [{ c: 1 }], "": { "": 2 } },
    "": { x: 3 },
    "a.b": 4,
    n: null,
  };
  const paths = [
    ...["a", "a.b", "a.b.0.c", "a.b.0.c.d", "a.", "a..", "", ".", ".x", "n"],
    ...["n.x", "a.b.length", "a.toString", "__proto__", "a.b.1", "x.y", "a.b."],
  ];
  for (const path of paths) {
    assertEquals(
      readDottedPath(record, path),
      readPath(record, path.split(".")),
      path,
    );
  }
  assertEquals(readDottedPath(null, "a"), null);
});
