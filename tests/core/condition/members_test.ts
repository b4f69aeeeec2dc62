import { assert, assertEquals } from "@std/assert";
import { findMembers, referTo } from "../../../core/condition/members.ts";
import { evalCondition, type SavedGroups } from "../../../mod.ts";

/** A list that counts how often something is read from it. */
function countedList(
  values: readonly string[],
): { list: readonly string[]; reads: () => number } {
  let reads = 0;
  const list = new Proxy(values, {
    get(target, name, receiver) {
      reads++;
      return Reflect.get(target, name, receiver);
    },
    ownKeys(target) {
      reads++;
      return Reflect.ownKeys(target);
    },
  });
  return { list, reads: () => reads };
}

const members = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);

for (
  const [form, wrap, condition] of [
    ["$inGroup of an array", (list: readonly string[]) => list, {
      id: { $inGroup: "g" },
    }],
    [
      "$inGroup of a list",
      (
        values: readonly string[],
      ) => ({ type: "list", attributeKey: "id", values } as const),
      { id: { $inGroup: "g" } },
    ],
    [
      "$savedGroup of a list",
      (
        values: readonly string[],
      ) => ({ type: "list", attributeKey: "id", values } as const),
      { $savedGroup: { id: "g" } },
    ],
  ] as const
) {
  Deno.test(`membership is not searched for in the list each time: ${form}`, () => {
    const { list, reads } = countedList(members);
    const groups: SavedGroups = { g: wrap(list) };
    assertEquals(evalCondition({ id: "user-9999" }, condition, groups), true);
    const before = reads();
    for (let user = 0; user < 100; user++) {
      assertEquals(
        evalCondition({ id: `user-${user * 200}` }, condition, groups),
        user < 50,
      );
    }
    assert(reads() - before <= 1000, `${reads() - before} reads`);
  });
}

Deno.test("a long list is asked once whether it can be gone through", () => {
  const { list, reads } = countedList(
    Array.from({ length: 100_001 }, (_, index) => `user-${index}`),
  );
  const g = { type: "list", attributeKey: "id", values: list } as const;
  const isMember = (id: string) =>
    evalCondition({ id }, { $savedGroup: { id: "g" } }, { g });
  assert(isMember("user-7"));
  const before = reads();
  assert(isMember("user-100000"));
  assertEquals(reads(), before);
});

Deno.test("a reference goes by the groups of the user, whichever were asked before", () => {
  const condition = { id: { $inGroup: "g" } };
  const isMember = (groups?: SavedGroups) =>
    evalCondition({ id: "7" }, condition, groups);
  const own = { g: ["7"] };
  const others = { g: ["8"] };
  for (const groups of [own, others, own, own, undefined, others, own]) {
    assertEquals(isMember(groups), groups === own);
  }
  // Groups that ask others where they are read.
  const asking: SavedGroups = {
    get g() {
      isMember(others);
      return ["7"];
    },
  };
  for (const groups of [asking, others, asking]) {
    assertEquals(isMember(groups), groups === asking);
  }
});

Deno.test("a reference does not keep the groups among which it was looked up", () => {
  const reference = referTo("g");
  const groups = { g: ["7"] };
  assert(findMembers(reference, groups)?.has("7"));
  assert(!Object.values(reference).includes(groups));
});
