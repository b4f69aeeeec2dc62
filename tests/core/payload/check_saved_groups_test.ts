import { lintPayload } from "../../../core/lint/mod.ts";
import { assertEquals } from "@std/assert";
import { evalFeature, parsePayload } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";
import { conditionPath, issuesOf, withCondition } from "./issues_of.ts";

const list = { type: "list", attributeKey: "id", values: ["1"] };
const everyone = { type: "condition", condition: {} };

type GroupRow = readonly [
  fact: string,
  savedGroups: unknown,
  issues: readonly string[],
];

testRows<GroupRow>("lintPayload() reports of saved groups", [
  [
    "nothing where they are in order",
    { a: [], b: ["1", 2, null], c: list, d: everyone },
    [],
  ],
  ["that they are no object", [], ["wrong-type /savedGroups"]],
  ["groups of another type", { a: 5, b: null, c: "1" }, [
    "wrong-type /savedGroups/a",
    "wrong-type /savedGroups/b",
    "wrong-type /savedGroups/c",
  ]],
  ["an unknown kind", { a: { type: "sql" }, b: { values: [] } }, [
    "unknown-value /savedGroups/a/type",
    "missing-field /savedGroups/b/type",
  ]],
  ["fields of another type", {
    a: { type: "list", attributeKey: 1, values: {} },
    b: { type: "condition", condition: [] },
  }, [
    "wrong-type /savedGroups/a/attributeKey",
    "wrong-type /savedGroups/a/values",
    "wrong-type /savedGroups/b/condition",
  ]],
  ["fields that are missing", {
    a: { type: "list" },
    b: { type: "condition" },
  }, [
    "missing-field /savedGroups/a/attributeKey",
    "missing-field /savedGroups/a/values",
    "missing-field /savedGroups/b/condition",
  ]],
  ["members that are containers", {
    a: ["1", ["2"]],
    b: { ...list, values: [{}] },
  }, ["wrong-type /savedGroups/a/1", "wrong-type /savedGroups/b/values/0"]],
  ["what is wrong with their conditions", {
    a: { type: "condition", condition: { country: { $is: "fr" } } },
  }, ["unknown-operator /savedGroups/a/condition/country/$is"]],
  ["a group that refers to itself", { a: referTo("a") }, [
    "saved-group-cycle /savedGroups/a/condition/$savedGroup/id",
  ]],
  ["each group of a cycle, and none that leads there", {
    a: referTo("b"),
    b: referTo("c"),
    c: referTo("b"),
  }, [
    "saved-group-cycle /savedGroups/b/condition/$savedGroup/id",
    "saved-group-cycle /savedGroups/c/condition/$savedGroup/id",
  ]],
  ["a group that refers to itself twice once", {
    a: {
      type: "condition",
      condition: {
        $and: [{ $savedGroup: { id: "a" } }, { $savedGroup: { id: "a" } }],
      },
    },
  }, ["saved-group-cycle /savedGroups/a/condition/$and/0/$savedGroup/id"]],
  [
    "nothing where two groups refer to a third",
    { a: referTo("c"), b: referTo("c"), c: everyone },
    [],
  ],
], ([, savedGroups, issues]) => {
  assertEquals(issuesOf({ features: {}, savedGroups }), issues);
});

type ReferenceRow = readonly [
  fact: string,
  condition: unknown,
  issues: readonly string[],
];

testRows<ReferenceRow>("lintPayload() reports of what refers to a group", [
  ["nothing where it fits", {
    id: { $inGroup: "array", $notInGroup: "list" },
    $and: [
      { $savedGroup: { id: "list", attributeKey: "companyId" } },
      { $savedGroup: { id: "everyone" } },
    ],
  }, []],
  ["nothing of an id that is a number", { id: { $inGroup: 5 } }, []],
  ["that there is none", {
    id: { $inGroup: "no", $notInGroup: "constructor" },
    $savedGroup: { id: "toString" },
  }, [
    "unknown-saved-group /id/$inGroup",
    "unknown-saved-group /id/$notInGroup",
    "unknown-saved-group /$savedGroup/id",
  ]],
  ["that its kind does not go with the operator", {
    id: { $inGroup: "everyone", $notInGroup: "everyone" },
    $savedGroup: { id: "array" },
  }, [
    "wrong-saved-group-kind /id/$inGroup",
    "wrong-saved-group-kind /id/$notInGroup",
    "wrong-saved-group-kind /$savedGroup/id",
  ]],
  ["operands of other types", {
    $or: [
      { $savedGroup: "list" },
      { $savedGroup: {} },
      { $savedGroup: { id: 1 } },
      { $savedGroup: { id: "list", attributeKey: null } },
      { id: { $inGroup: ["array"] } },
    ],
  }, [
    "wrong-operand /$or/0/$savedGroup",
    "wrong-operand /$or/1/$savedGroup",
    "wrong-operand /$or/2/$savedGroup",
    "wrong-type /$or/3/$savedGroup/attributeKey",
    "wrong-operand /$or/4/id/$inGroup",
  ]],
  ["that a group which nobody is in is negated", {
    $not: { $savedGroup: { id: "no" } },
    $nor: [{ $savedGroup: { id: "array" } }, { $savedGroup: 5 }],
  }, [
    "unknown-saved-group /$not/$savedGroup/id",
    "matches-everyone /$not/$savedGroup/id",
    "wrong-saved-group-kind /$nor/0/$savedGroup/id",
    "matches-everyone /$nor/0/$savedGroup/id",
    "wrong-operand /$nor/1/$savedGroup",
    "matches-everyone /$nor/1/$savedGroup",
  ]],
], ([, condition, issues]) => {
  const savedGroups = { array: ["1"], list, everyone, 5: [] };
  assertEquals(
    issuesOf(withCondition(condition, { savedGroups })),
    issues.map((issue) => issue.replace(" ", ` ${conditionPath}`)),
  );
});

Deno.test("lintPayload() does not look for saved groups that are encrypted", () => {
  const condition = { id: { $inGroup: "a" }, $savedGroup: { id: "b" } };
  const others = { encryptedSavedGroups: "a.b" };
  assertEquals(issuesOf(withCondition(condition, others)), [
    "encrypted /encryptedSavedGroups",
  ]);
});

for (const levels of [1, 3]) {
  Deno.test(`lintPayload() reports chains of groups, ${levels} a group, that evaluation gives up on`, () => {
    for (const length of [63, 64, 65, 127, 128, 129, 255, 256, 257]) {
      const savedGroups: Record<string, unknown> = {
        [`g${length}`]: everyone,
      };
      for (let index = 0; index < length; index++) {
        savedGroups[`g${index}`] = {
          type: "condition",
          condition: nest({ $savedGroup: { id: `g${index + 1}` } }, levels),
        };
      }
      const condition = { $savedGroup: { id: "g0" } };
      const input = withCondition(condition, { savedGroups });
      const { payload } = parsePayload(input);
      const issues = lintPayload(input);
      const isMet =
        evalFeature({ ...payload, attributes: {} }, "f").value === 1;
      assertEquals(issues.length === 0, isMet);
      if (isMet) continue;
      assertEquals(issues.map(({ code, path }) => `${code} ${path}`), [
        `condition-too-deep ${conditionPath}/$savedGroup/id`,
      ]);
    }
  });
}

function referTo(id: string): object {
  return { type: "condition", condition: { $savedGroup: { id } } };
}

function nest(condition: object, levels: number): object {
  let nested = condition;
  for (let level = 1; level < levels; level++) nested = { $and: [nested] };
  return nested;
}
