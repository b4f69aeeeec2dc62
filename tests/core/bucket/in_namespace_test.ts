import { assert, assertEquals } from "@std/assert";
import { inNamespace } from "../../../mod.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";

const place = referenceHash("__pricing", "user-1", 1);

Deno.test("inNamespace() includes the start of the range", () => {
  assertEquals(inNamespace("user-1", ["pricing", place, place + 0.001]), true);
});

Deno.test("inNamespace() excludes the end of the range", () => {
  assertEquals(inNamespace("user-1", ["pricing", 0, place]), false);
});

Deno.test("inNamespace() includes everybody in the whole namespace", () => {
  assertEquals(inNamespace("user-1", ["pricing", 0, 1]), true);
});

Deno.test("inNamespace() hashes with version 1 and the id behind two underscores", () => {
  const others = [
    referenceHash("pricing", "user-1", 1),
    referenceHash("__pricing", "user-1", 2),
  ];
  for (const other of others) {
    assert(other !== place);
    assertEquals(
      inNamespace("user-1", ["pricing", other, other + 0.0001]),
      false,
    );
  }
});

Deno.test("inNamespace() puts users elsewhere in another namespace", () => {
  const elsewhere = referenceHash("__shipping", "user-1", 1);
  assert(elsewhere !== place);
  assertEquals(
    inNamespace("user-1", ["shipping", elsewhere, elsewhere + 0.001]),
    true,
  );
});

for (const id of ["constructor", "__proto__", "toString", ""]) {
  Deno.test(`inNamespace() takes the id "${id}" as any other`, () => {
    const place = referenceHash(`__${id}`, "user-1", 1);
    assertEquals(inNamespace("user-1", [id, place, place + 0.001]), true);
    assertEquals(inNamespace("user-1", [id, 0, place]), false);
  });
}
