import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { createChangedFlags } from "../../../../adapters/openfeature/mapping/changed_flags.ts";
import {
  evalFeature,
  parsePayload,
  reconcilePayload,
} from "../../../../core/mod.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import { arbitraryAttributes } from "../../../arbitraries/attributes.ts";
import { arbitraryPayload } from "../../../arbitraries/payload.ts";
import { runs } from "../../../support/runs.ts";

/** Lays payloads over each other, and lists what each change concerns. */
function listChanges(
  ...payloads: readonly Payload[]
): readonly (readonly string[])[] {
  const changedFlags = createChangedFlags();
  const changes: (readonly string[])[] = [];
  let previous = payloads[0]!;
  for (const next of payloads.slice(1)) {
    const { payload } = reconcilePayload(previous, parsePayload(next).payload);
    changes.push(changedFlags(previous, payload));
    previous = payload;
  }
  return changes;
}

const parentOf = (id: string) => ({
  rules: [{ parentConditions: [{ id, condition: { value: true } }], force: 1 }],
});
const inGroup = (id: string) => ({
  rules: [{ condition: { id: { $inGroup: id } }, force: 1 }],
});

Deno.test("createChangedFlags() lists what was added, changed and removed", () => {
  const features = { a: { defaultValue: 1 }, b: { defaultValue: 1 } };
  assertEquals(
    listChanges(
      { features },
      { features: { ...features, c: {} } },
      { features: { ...features, c: { defaultValue: 2 } } },
      { features },
    ),
    [["c"], ["c"], ["c"]],
  );
});

Deno.test("createChangedFlags() lists what depends on a change, through any number of parents", () => {
  const features = {
    a: { defaultValue: true },
    b: parentOf("a"),
    c: parentOf("b"),
    d: { defaultValue: 1 },
  };
  assertEquals(
    listChanges(
      { features },
      { features: { ...features, a: { defaultValue: false } } },
      { features: { ...features, a: { defaultValue: false }, d: {} } },
    ),
    [["a", "b", "c"], ["d"]],
  );
});

Deno.test("createChangedFlags() lists the children of a parent that comes and goes", () => {
  const features = { b: parentOf("a") };
  const more = { ...features, a: { defaultValue: true } };
  assertEquals(
    listChanges({ features }, { features: more }, { features }),
    [["a", "b"], ["a", "b"]],
  );
});

Deno.test("createChangedFlags() lists what refers to a saved group, and its children", () => {
  const features = {
    plain: {},
    member: inGroup("g"),
    child: parentOf("member"),
  };
  assertEquals(
    listChanges(
      { features, savedGroups: { g: ["1"], h: ["9"] } },
      { features, savedGroups: { g: ["2"], h: ["9"] } },
      { features, savedGroups: { g: ["2"], h: [] } },
    ),
    [["child", "member"], []],
  );
});

Deno.test("createChangedFlags() ends where parents form a ring", () => {
  const features = { a: parentOf("b"), b: parentOf("a"), c: {} };
  assertEquals(
    listChanges({ features }, {
      features: { ...features, a: { ...features.a, defaultValue: 1 } },
    }),
    [["a", "b"]],
  );
});

Deno.test("createChangedFlags() takes names such as __proto__ for keys", () => {
  const features = (value: number) =>
    JSON.parse(`{"__proto__":{"defaultValue":${value}},"constructor":{}}`);
  const previous = parsePayload({ features: features(1) }).payload;
  assertEquals(
    listChanges(previous, { features: features(2) }),
    [["__proto__"]],
  );
});

Deno.test("a feature that createChangedFlags() does not list has the same result for every user", () => {
  fc.assert(
    fc.property(
      arbitraryPayload,
      arbitraryPayload,
      arbitraryAttributes,
      (first, second, attributes) => {
        const previous = parsePayload(first).payload;
        const { payload } = reconcilePayload(
          previous,
          parsePayload(second).payload,
        );
        const changed = createChangedFlags()(previous, payload);
        for (
          const key of Object.keys({
            ...previous.features,
            ...payload.features,
          })
        ) {
          if (changed.includes(key)) continue;
          assertEquals(
            evalFeature({ ...payload, attributes }, key),
            evalFeature({ ...previous, attributes }, key),
          );
        }
      },
    ),
    runs(300),
  );
});

Deno.test("createChangedFlags() lists nothing for equal payloads", () => {
  fc.assert(
    fc.property(arbitraryPayload, (given) => {
      const { payload } = parsePayload(given);
      const copy = JSON.parse(JSON.stringify(payload));
      assertEquals(listChanges(payload, copy), [[]]);
    }),
    runs(100),
  );
});
