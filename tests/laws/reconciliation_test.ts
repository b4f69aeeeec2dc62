import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { parsePayload, payloadDigest, reconcilePayload } from "../../mod.ts";
import { arbitraryPayload } from "../arbitraries/payload.ts";
import { testLaw } from "../support/test_law.ts";

testLaw(
  "reconcilePayload() always gives what the new payload says, and names what differs",
  500,
  [arbitraryPayload, arbitraryPayload],
  (one, other) => {
    const { payload: previous } = parsePayload(one);
    const { payload: next } = parsePayload(other);
    const { payload, changed } = reconcilePayload(previous, next);
    assertEquals(JSON.stringify(payload), JSON.stringify(next));
    const keys = new Set([
      ...Object.keys(previous.features),
      ...Object.keys(next.features),
    ]);
    for (const key of keys) {
      const isKept = JSON.stringify(own(previous.features, key)) ===
        JSON.stringify(own(next.features, key));
      assertEquals(changed.features.includes(key), !isKept);
      if (isKept) {
        assertStrictEquals(
          own(payload.features, key),
          own(previous.features, key),
        );
      }
    }
  },
);

testLaw(
  "reconcilePayload() always gives the earlier payload where nothing differs",
  300,
  [arbitraryPayload],
  (input) => {
    const { payload: previous } = parsePayload(input);
    const { payload: next } = parsePayload(structuredClone(input));
    const { payload, changed } = reconcilePayload(previous, next);
    assertStrictEquals(payload, previous);
    assertEquals(changed.features, []);
    assertEquals(payloadDigest(next), payloadDigest(previous));
  },
);

testLaw(
  "payloadDigest() always tells payloads apart",
  300,
  [arbitraryPayload, arbitraryPayload],
  (one, other) => {
    const { payload: left } = parsePayload(one);
    const { payload: right } = parsePayload(other);
    const isSame = reconcilePayload(left, right).payload === left;
    assert(!isSame || payloadDigest(left) === payloadDigest(right));
    if (JSON.stringify(left) === JSON.stringify(right)) return;
    if ((left.savedGroups ?? null) === null) return;
    assert(payloadDigest(left) !== payloadDigest(right));
  },
);

function own(record: object, key: string): unknown {
  return Object.hasOwn(record, key)
    ? (record as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
