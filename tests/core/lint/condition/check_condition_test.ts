import { lintPayload } from "../../../../core/lint/mod.ts";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Condition,
  evalCondition,
  evalFeature,
  parsePayload,
} from "../../../../mod.ts";
import { arbitraryJson } from "../../../arbitraries/values.ts";
import { runs } from "../../../support/runs.ts";
import { testRows } from "../../../support/test_rows.ts";
import {
  conditionPath,
  issuesOf,
  withCondition,
} from "../../payload/issues_of.ts";

type Row = readonly [
  fact: string,
  condition: unknown,
  issues: readonly string[],
];

testRows<Row>("lintPayload() reports of a condition", [
  ["nothing where it is in order", {
    $or: [
      { country: "fr", "plan.seats": { $gte: 5 } },
      { tags: { $elemMatch: { $eq: "a" } }, age: { $not: { $lt: 18 } } },
      { orders: { $elemMatch: { total: { $gt: 5 } } } },
      { $not: { $and: [{ beta: true }, { staff: { $exists: false } }] } },
      { $nor: [{ version: { $vgte: "2.0.0" } }] },
      { tags: { $all: ["a"], $size: { $gt: 1 }, $alli: ["B"] } },
      {
        country: { $in: ["fr", null], $nini: ["DE"] },
        id: { $type: "string" },
      },
      { email: { $regexi: "@example\\.com$" }, tags: { $size: 2 } },
    ],
  }, []],
  ["nothing where it is empty", {}, []],
  ["nothing of a path that begins with a dollar", { $groups: "a" }, []],
  ["an unknown operator", { a: { $is: 1 } }, ["unknown-operator /a/$is"]],
  ["an unknown operator in a list", { a: { $elemMatch: { $is: 1 } } }, [
    "unknown-operator /a/$elemMatch/$is",
  ]],
  ["an operator in place of an attribute", { $in: ["a"] }, [
    "misplaced-operator /$in",
  ]],
  ["logic beneath an attribute", { a: { $or: [] }, b: { $savedGroup: {} } }, [
    "misplaced-operator /a/$or",
    "misplaced-operator /b/$savedGroup",
  ]],
  ["logic alone in a list", { a: { $elemMatch: { $and: [] } } }, [
    "misplaced-operator /a/$elemMatch/$and",
  ]],
  ["operators beside other names", { a: { $gt: 1, b: 2 } }, [
    "mixed-operators /a",
  ]],
  ["nothing of a plain object", { a: { b: 2, c: {} }, d: {}, e: [1] }, []],
  ["logic without a list", { $or: null, $and: {}, $nor: "a" }, [
    "wrong-operand /$or",
    "wrong-operand /$and",
    "wrong-operand /$nor",
  ]],
  ["what is no condition", { $not: 5, $or: [null, { $not: null }] }, [
    "wrong-operand /$not",
    "wrong-operand /$or/0",
    "wrong-operand /$or/1/$not",
  ]],
  ["operands of other types", {
    a: { $eq: [1] },
    b: { $gt: null },
    c: { $gt: true },
    d: { $exists: "no" },
    e: { $in: "a" },
    f: { $all: "a" },
    g: { $size: [1] },
    h: { $elemMatch: "a" },
    i: { $type: "integer" },
    j: { $regex: 5 },
    k: { $vgt: null },
    l: { $vgt: "" },
    m: { $inGroup: {} },
  }, [
    "wrong-operand /a/$eq",
    "wrong-operand /b/$gt",
    "wrong-operand /c/$gt",
    "wrong-operand /d/$exists",
    "wrong-operand /e/$in",
    "wrong-operand /f/$all",
    "wrong-operand /g/$size",
    "wrong-operand /h/$elemMatch",
    "wrong-operand /i/$type",
    "wrong-operand /j/$regex",
    "wrong-operand /k/$vgt",
    "wrong-operand /l/$vgt",
    "wrong-operand /m/$inGroup",
  ]],
  ["members that are containers", { a: { $in: ["a", ["b"], {}] } }, [
    "wrong-operand /a/$in/1",
    "wrong-operand /a/$in/2",
  ]],
  ["patterns that can't be read", { a: { $regex: "(", $regexi: "*" } }, [
    "invalid-pattern /a/$regex",
    "invalid-pattern /a/$regexi",
  ]],
  ["patterns that can take long", { a: { $regexi: "^(a|A)+$" } }, [
    "slow-pattern /a/$regexi",
  ]],
  ["what never holds, negated, for what it is", {
    $not: { a: { $regex: "(" } },
    $nor: [{ b: { $is: 1 } }],
    c: { $not: { $in: "a" } },
    d: { $not: { $not: { $in: "a" } } },
  }, [
    "invalid-pattern /$not/a/$regex",
    "matches-everyone /$not/a/$regex",
    "unknown-operator /$nor/0/b/$is",
    "matches-everyone /$nor/0/b/$is",
    "wrong-operand /c/$not/$in",
    "matches-everyone /c/$not/$in",
    "wrong-operand /d/$not/$not/$in",
  ]],
  ["what always holds, for what it is", {
    a: { $ne: ["b"] },
    $or: [],
    $not: { c: { $ne: [1] } },
    $and: [{ $not: { $nor: [] } }, { $nor: [] }],
  }, [
    "wrong-operand /a/$ne",
    "matches-everyone /a/$ne",
    "matches-everyone /$or",
    "wrong-operand /$not/c/$ne",
    "matches-everyone /$and/0/$not/$nor",
  ]],
  ["odd versions", {
    a: { $veq: "1.0" },
    b: { $vgt: "latest" },
    c: { $vgte: 2 },
    d: { $vgte: "1.2.3.4" },
    e: { $vgte: "20240101.0.0" },
    f: { $vgte: "v1.2.3-rc.1+build" },
  }, [
    "odd-version /a/$veq",
    "odd-version /b/$vgt",
    "odd-version /c/$vgte",
    "odd-version /d/$vgte",
    "odd-version /e/$vgte",
  ]],
], ([, condition, issues]) => {
  assertEquals(
    issuesOf(withCondition(condition)),
    issues.map((issue) => issue.replace(" ", ` ${conditionPath}`)),
  );
});

type MissingRow = readonly [expected: unknown, isReported: boolean];

const missingRows: readonly MissingRow[] = [
  [0, true],
  [-0, true],
  ["null", true],
  [{ $gte: 0 }, true],
  [{ $lt: 5 }, true],
  [{ $lte: "5" }, true],
  [{ $gt: -1 }, true],
  [{ $lt: 5, $ne: 2 }, true],
  [{ $regex: "^n" }, true],
  [{ $regexi: "NULL|none" }, true],
  [{ $vlt: "2.0.0" }, true],
  [{ $vlte: "2.0.0" }, true],
  [{ $lt: 5, $not: { $gt: 3 } }, true],
  [1, false],
  ["", false],
  [false, false],
  [null, false],
  [{ $gte: 1 }, false],
  [{ $gt: 0 }, false],
  [{ $lt: 5, $gt: 0 }, false],
  [{ $lt: 5, $exists: true }, false],
  [{ $lt: "a" }, false],
  [{ $ne: 5 }, false],
  [{ $nin: [5] }, false],
  [{ $not: { $gt: 5 } }, false],
  [{ $notInGroup: "g" }, false],
  [{ $exists: false }, false],
  [{ $vgte: "1.0.0" }, false],
  [{ $vgte: "1.0.0", $vlt: "2.0.0" }, false],
  [{ $vne: "1.0.0" }, false],
  [{ $regex: "^fr$" }, false],
  [{ $regex: ".*" }, false],
  [{ $regex: "(?:n?u?l?l?x|null)" }, true],
  // With so many choices it is not tried.
  [{ $regex: "(?:n?u?l?l?n?u?l?l?n?u?l?l?x|null)" }, false],
  [{ $regex: "^(?!internal)" }, false],
];

for (const [expected, isReported] of missingRows) {
  const text = JSON.stringify(expected);
  const verb = isReported ? "warns" : "does not warn";
  Deno.test(`lintPayload() ${verb} that ${text} holds without the attribute`, () => {
    const payload = withCondition({ a: expected }, { savedGroups: { g: [] } });
    const path = `${conditionPath}/a`;
    assertEquals(
      issuesOf(payload),
      isReported ? [`matches-missing ${path}`] : [],
    );
  });
}

const arbitraryOperators = fc.dictionary(
  fc.constantFrom(
    ...["$lt", "$lte", "$gt", "$gte", "$eq", "$ne", "$in", "$nin", "$exists"],
    ...["$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte", "$type", "$not"],
    ...["$regex", "$regexi", "$ini", "$nini", "$size", "$all", "$is"],
  ),
  fc.oneof(
    arbitraryJson,
    fc.constantFrom<unknown>("n", "l$", ".", "a|", "null", [null], [1], true),
  ),
  { minKeys: 1, maxKeys: 3, noNullPrototype: true },
);

Deno.test("lintPayload() never warns of a comparison that fails without the attribute", () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryOperators, arbitraryJson), (expected) => {
      const condition = { a: expected } as Condition;
      const issues = lintPayload(withCondition(condition));
      const isWarned = issues.some(({ code }) => code === "matches-missing");
      if (isWarned) assert(evalCondition({}, condition));
    }),
    runs(1000),
  );
});

testRows<Row>("lintPayload() warns of what holds without the attribute", [
  ["in lists of conditions", { $or: [{ a: { $lt: 5 } }] }, [
    "matches-missing /$or/0/a",
  ]],
  ["in what is doubly negated", { $not: { $nor: [{ a: 0 }] } }, [
    "matches-missing /$not/$nor/0/a",
  ]],
  ["in elements of a list", { a: { $elemMatch: { b: { $lt: 5 } } } }, [
    "matches-missing /a/$elemMatch/b",
  ]],
  ["but not in what is negated", { $not: { a: { $lt: 5 } } }, []],
  ["but not of elements themselves", { a: { $elemMatch: { $lt: 5 } } }, []],
  ["but not of the length of a list", { a: { $size: { $lt: 5 } } }, []],
], ([, condition, issues]) => {
  assertEquals(
    issuesOf(withCondition(condition)),
    issues.map((issue) => issue.replace(" ", ` ${conditionPath}`)),
  );
});

for (
  const [name, wrap] of Object.entries<(inner: Condition) => Condition>({
    $and: (inner) => ({ $and: [inner] }),
    "the elements of lists": (inner) => ({ a: { $elemMatch: inner } }),
  })
) {
  Deno.test(`lintPayload() reports nesting by ${name} that evaluation gives up on`, () => {
    for (const depth of [255, 256, 257, 258]) {
      let condition: Condition = { a: { $exists: false } };
      let attributes: Record<string, unknown> = {};
      for (let level = 0; level < depth; level++) {
        condition = wrap(condition);
        attributes = { a: [attributes] };
      }
      const holds = evalCondition(name === "$and" ? {} : attributes, condition);
      const issues = lintPayload(withCondition(condition));
      assertEquals(issues.length === 0, holds);
    }
  });
}

Deno.test("lintPayload() reports nesting of negations that evaluation gives up on", () => {
  for (const depth of [254, 256, 258]) {
    let expected: unknown = { $eq: "a" };
    for (let level = 0; level < depth; level++) expected = { $not: expected };
    const condition = { a: expected };
    const input = withCondition(condition);
    const { payload } = parsePayload(input);
    const issues = lintPayload(input);
    const attributes = { a: "a" };
    const holds = evalFeature({ ...payload, attributes }, "f").value === 1;
    assertEquals(issues.length === 0, holds);
  }
});
