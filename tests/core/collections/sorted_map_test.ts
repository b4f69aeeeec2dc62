import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { deleteEntry } from "../../../core/collections/delete_entry.ts";
import { getEntry } from "../../../core/collections/get_entry.ts";
import { listEntries } from "../../../core/collections/list_entries.ts";
import type { Owned } from "../../../core/collections/owned.ts";
import { packMap } from "../../../core/collections/pack_map.ts";
import { setEntry } from "../../../core/collections/set_entry.ts";
import {
  emptyMap,
  nodeCapacity,
  type SortedMap,
  type SortedNode,
} from "../../../core/collections/sorted_map.ts";
import { hostileNames } from "../../arbitraries/names.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { testLaw } from "../../support/test_law.ts";

function mapOf(keys: readonly string[]): SortedMap<number> {
  return keys.reduce<SortedMap<number>>(
    (map, key, index) => setEntry(map, key, index),
    emptyMap,
  );
}

const thousand = Array.from({ length: 1000 }, (_, index) => `user-${index}`);

Deno.test("getEntry() finds nothing in the empty map", () => {
  assertEquals(getEntry(emptyMap, "a"), undefined);
});

Deno.test("setEntry() keeps a thousand entries, sorted", () => {
  const map = mapOf(thousand);
  assertEquals(map.size, 1000);
  assertEquals([...listEntries(map)].map(([key]) => key), [...thousand].sort());
  assertEquals(thousand.map((key) => getEntry(map, key)), [
    ...thousand.keys(),
  ]);
});

Deno.test("setEntry() returns the map itself where nothing changes", () => {
  const map = mapOf(thousand);
  assertStrictEquals(setEntry(map, "user-7", 7), map);
});

Deno.test("setEntry() keeps no more than the capacity in a node", () => {
  for (
    const keys of [thousand, [...thousand].reverse(), [...thousand].sort()]
  ) {
    assert(largestNode(mapOf(keys).root) <= nodeCapacity);
  }
});

Deno.test("deleteEntry() returns the map itself where there is no such key", () => {
  const map = mapOf(thousand);
  assertStrictEquals(deleteEntry(map, "user-x"), map);
});

Deno.test("deleteEntry() leaves no node behind once all is gone", () => {
  const left = thousand.reduce(
    (map, key) => deleteEntry(map, key),
    mapOf(thousand),
  );
  assertEquals(left, emptyMap);
});

Deno.test("deleteEntry() keeps a window that slides over sorted keys small", () => {
  let map: SortedMap<number> = emptyMap;
  for (let index = 0; index < 20_000; index++) {
    map = setEntry(map, String(index).padStart(6, "0"), index);
    if (index >= 100) {
      map = deleteEntry(map, String(index - 100).padStart(6, "0"));
    }
  }
  assertEquals(map.size, 100);
  assert(countNodes(map.root) < 12);
});

const arbitraryKey = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.nat(300).map(String),
  fc.string({ maxLength: 2 }),
);

testLaw(
  "setEntry() and deleteEntry() do what a Map does, and never change what they are given",
  300,
  [fc.array(
    fc.tuple(arbitraryKey, fc.option(fc.nat(5), { freq: 3, nil: undefined })),
    { maxLength: 400, size: "max" },
  )],
  (operations) => {
    const model = new Map<string, number>();
    let map: SortedMap<number> = emptyMap;
    for (const [key, value] of operations) {
      deepFreeze(map);
      if (value === undefined) {
        model.delete(key);
        map = deleteEntry(map, key);
      } else {
        model.set(key, value);
        map = setEntry(map, key, value);
      }
      assertEquals(map.size, model.size);
      assertEquals(getEntry(map, key), model.get(key));
    }
    const sorted = [...model].sort(([one], [other]) => one < other ? -1 : 1);
    assertEquals([...listEntries(map)].map((entry) => [...entry]), sorted);
    for (const [key, value] of model) assertEquals(getEntry(map, key), value);
  },
);

testLaw(
  "a sorted map comes back from JSON text as it was",
  100,
  [fc.array(arbitraryKey, { maxLength: 200, size: "max" })],
  (keys) => {
    const map = mapOf(keys);
    assertEquals(JSON.parse(JSON.stringify(map)), map);
  },
);

Deno.test("packMap() puts all leaves of a large map in writing", () => {
  const { root } = packMap(mapOf(thousand));
  assert("nodes" in root);
  assert(JSON.stringify(root).includes('{"text":'));
  assert(!JSON.stringify(root).includes('"values"'));
});

Deno.test("packMap() returns the map itself where it has one leaf, or is packed", () => {
  const small = mapOf(["a", "b"]);
  assertStrictEquals(packMap(small), small);
  const packed = packMap(mapOf(thousand));
  assertEquals(packMap(packed), packed);
});

Deno.test("packMap() writes no text into another", () => {
  const large = mapOf(thousand);
  const map = thousand.slice(0, 40).reduce<SortedMap<SortedMap<number>>>(
    (outer, key) =>
      setEntry(outer, key, key === thousand[7] ? large : emptyMap),
    emptyMap,
  );
  const packed = packMap(map, packMap);
  assertEquals(getEntry(packed, thousand[7]!), packMap(large));
  assert(!JSON.stringify(packed).includes('\\"text'));
});

testLaw(
  "a packed map does what the map does, and stays as it is",
  200,
  [
    fc.array(arbitraryKey, { maxLength: 300, size: "max" }),
    fc.array(
      fc.tuple(arbitraryKey, fc.option(fc.nat(5), { nil: undefined })),
      { maxLength: 60, size: "max" },
    ),
  ],
  (keys, operations) => {
    let map = mapOf(keys);
    let packed = JSON.parse(JSON.stringify(packMap(map))) as typeof map;
    for (const [key, value] of operations) {
      deepFreeze(packed);
      assertEquals(getEntry(packed, key), getEntry(map, key));
      if (value === undefined) {
        map = deleteEntry(map, key);
        packed = deleteEntry(packed, key);
      } else {
        map = setEntry(map, key, value);
        packed = setEntry(packed, key, value);
      }
      assertEquals(packed.size, map.size);
    }
    assertEquals([...listEntries(packed)], [...listEntries(map)]);
    assertEquals(packMap(packed), packMap(map));
  },
);

testLaw(
  "what a batch of operations makes is what they make one by one, and nothing from before changes",
  200,
  [
    fc.array(arbitraryKey, { maxLength: 300, size: "max" }),
    fc.array(
      fc.array(
        fc.tuple(
          arbitraryKey,
          fc.option(fc.nat(5), { freq: 3, nil: undefined }),
        ),
        { maxLength: 200, size: "max" },
      ),
      { maxLength: 4 },
    ),
  ],
  (keys, batches) => {
    let single = mapOf(keys);
    let batched = packMap(single);
    for (const batch of batches) {
      const owned: Owned = new Set();
      deepFreeze(batched);
      for (const [key, value] of batch) {
        if (value === undefined) {
          single = deleteEntry(single, key);
          batched = deleteEntry(batched, key, owned);
        } else {
          single = setEntry(single, key, value);
          batched = setEntry(batched, key, value, owned);
        }
        assertEquals(batched.size, single.size);
      }
      assertEquals(packMap(batched), packMap(single));
    }
  },
);

function largestNode(node: SortedNode<number>): number {
  return "nodes" in node
    ? Math.max(node.keys.length, ...node.nodes.map(largestNode))
    : "text" in node
    ? 0
    : node.keys.length;
}

function countNodes(node: SortedNode<number>): number {
  return "nodes" in node
    ? 1 + node.nodes.reduce((sum, part) => sum + countNodes(part), 0)
    : 1;
}
