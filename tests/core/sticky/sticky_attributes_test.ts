import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { stickyAttributes } from "../../../core/sticky/sticky_attributes.ts";
import type { Payload } from "../../../mod.ts";
import { testLaw } from "../../support/test_law.ts";

const variations = [1, 2];

Deno.test("stickyAttributes() lists hash and fallback attributes, each once", () => {
  const rules = [
    { variations, hashAttribute: "company", fallbackAttribute: "device" },
    { variations, hashAttribute: "company" },
  ];
  assertEquals(stickyAttributes({ features: { a: { rules } } }), [
    "company",
    "device",
    "id",
  ]);
});

Deno.test("stickyAttributes() leaves out what needs no sticky buckets", () => {
  const rules = [
    { variations, disableStickyBucketing: true },
    { force: 1, coverage: 0.5, hashAttribute: "company" },
  ];
  assertEquals(stickyAttributes({ features: { a: { rules } } }), []);
});

Deno.test("stickyAttributes() knows the variations of bandits and auto experiments", () => {
  const rules = [{ contextualVariations: variations, hashAttribute: "a" }];
  const experiments = [{
    key: "auto",
    variations: [{}, {}],
    hashAttribute: "b",
  }];
  assertEquals(stickyAttributes({ features: { f: { rules } }, experiments }), [
    "a",
    "id",
    "b",
  ]);
});

testLaw(
  "stickyAttributes() never throws, and gives names",
  200,
  [fc.dictionary(fc.string(), fc.anything()), fc.anything()],
  (features, experiments) => {
    const payload = { features, experiments } as unknown as Payload;
    for (const name of stickyAttributes(payload)) {
      assertEquals(typeof name, "string");
    }
  },
);

Deno.test("stickyAttributes() gives none of what is no payload", () => {
  for (const odd of [undefined, null, 7, {}, { features: null }, []]) {
    assertEquals(stickyAttributes(odd as unknown as Payload), []);
  }
});
