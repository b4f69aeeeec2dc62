import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { evalCondition } from "../../../../core/condition/eval_condition.ts";
import type { Condition } from "../../../../core/types/condition.ts";
import type { JsonValue } from "../../../../core/types/json.ts";
import { runs } from "../../../support/runs.ts";
import {
  type ConditionRow,
  testConditions,
} from "../../../support/evaluation/condition_rows.ts";

const all: readonly ConditionRow[] = [
  ["$all holds when each operand is matched", { a: { $all: ["x", "y"] } }, {
    a: ["y", "z", "x"],
  }, true],
  [
    "$all fails when one is missing",
    { a: { $all: ["x", "y"] } },
    { a: ["x"] },
    false,
  ],
  [
    "$all takes its operands as condition values",
    { a: { $all: [{ $gt: 5 }, "1"] } },
    { a: [1, 7] },
    true,
  ],
  [
    "$all fails when no element meets an operand's operators",
    { a: { $all: [{ $gt: 9 }] } },
    { a: [1, 7] },
    false,
  ],
  ["$all holds for any array when empty", { a: { $all: [] } }, { a: [] }, true],
  ["$all fails for what is no array, also when empty", { a: { $all: [] } }, {
    a: "x",
  }, false],
  [
    "$all fails for a missing attribute, also when empty",
    { a: { $all: [] } },
    {},
    false,
  ],
  ["$all fails for a string with the operand in it", { a: { $all: ["x"] } }, {
    a: "x",
  }, false],
  ["$all is false for an operand that is no array", { a: { $all: "x" } }, {
    a: ["x"],
  }, false],
  [
    "$all is false for null as operand",
    { a: { $all: null } },
    { a: [] },
    false,
  ],
  ["$all minds case", { a: { $all: ["x"] } }, { a: ["X"] }, false],
];

const allFolded: readonly ConditionRow[] = [
  [
    "$alli folds the elements' case",
    { a: { $alli: ["x"] } },
    { a: ["X"] },
    true,
  ],
  [
    "$alli folds the operands' case",
    { a: { $alli: ["X"] } },
    { a: ["x"] },
    true,
  ],
  ["$alli fails when one is missing", { a: { $alli: ["x", "y"] } }, {
    a: ["X"],
  }, false],
  ["$alli makes strings of the elements", { a: { $alli: ["TRUE", "5"] } }, {
    a: [true, 5],
  }, true],
  [
    "$alli makes a string of null",
    { a: { $alli: ["NULL"] } },
    { a: [null] },
    true,
  ],
  [
    "$alli takes an operand that is no string as a condition value",
    { a: { $alli: [{ $gt: 5 }] } },
    { a: [7] },
    true,
  ],
  [
    "$alli holds for any array when empty",
    { a: { $alli: [] } },
    { a: [] },
    true,
  ],
  [
    "$alli fails for what is no array",
    { a: { $alli: ["x"] } },
    { a: "x" },
    false,
  ],
  ["$alli fails for a missing attribute", { a: { $alli: [] } }, {}, false],
  ["$alli is false for an operand that is no array", { a: { $alli: "x" } }, {
    a: ["x"],
  }, false],
];

const size: readonly ConditionRow[] = [
  ["$size holds for the length", { a: { $size: 2 } }, { a: [1, 2] }, true],
  ["$size fails for another length", { a: { $size: 2 } }, { a: [1] }, false],
  ["$size takes operators", { a: { $size: { $gt: 1 } } }, { a: [1, 2] }, true],
  ["$size takes a string as a condition value", { a: { $size: "2" } }, {
    a: [1, 2],
  }, true],
  ["$size takes a boolean as a condition value", { a: { $size: true } }, {
    a: [1, 2],
  }, true],
  ["$size 0 holds for an empty array", { a: { $size: 0 } }, { a: [] }, true],
  ["$size 0 fails for a missing attribute", { a: { $size: 0 } }, {}, false],
  [
    "$size fails for a string of the length",
    { a: { $size: 2 } },
    { a: "ab" },
    false,
  ],
  ["$size fails for an object with a length", { a: { $size: 2 } }, {
    a: { length: 2 },
  }, false],
];

const elements: readonly ConditionRow[] = [
  [
    "$elemMatch holds when an element meets the operators",
    { a: { $elemMatch: { $gt: 5 } } },
    { a: [1, 7] },
    true,
  ],
  ["$elemMatch fails when no element does", { a: { $elemMatch: { $gt: 9 } } }, {
    a: [1, 7],
  }, false],
  [
    "$elemMatch wants all operators of one element",
    { a: { $elemMatch: { $gt: 5, $lt: 8 } } },
    { a: [4, 9] },
    false,
  ],
  [
    "$elemMatch takes a condition on the element",
    { a: { $elemMatch: { b: "x" } } },
    { a: [{ b: "y" }, { b: "x" }] },
    true,
  ],
  [
    "$elemMatch fails when no element meets the condition",
    { a: { $elemMatch: { b: "x" } } },
    { a: [{ b: "y" }] },
    false,
  ],
  [
    "$elemMatch wants the whole condition of one element",
    { a: { $elemMatch: { b: "x", c: 1 } } },
    { a: [{ b: "x", c: 2 }, { b: "y", c: 1 }] },
    false,
  ],
  [
    "$elemMatch reads dot paths of the element",
    { a: { $elemMatch: { "b.c": 1 } } },
    { a: [{ b: { c: 1 } }] },
    true,
  ],
  [
    "$elemMatch never matches a null element",
    { a: { $elemMatch: { $eq: null } } },
    { a: [null] },
    false,
  ],
  [
    "$elemMatch never matches a null element, even negated",
    { a: { $elemMatch: { $not: { $gt: 5 } } } },
    { a: [null] },
    false,
  ],
  [
    "$elemMatch never matches null with the empty condition",
    { a: { $elemMatch: {} } },
    { a: [null] },
    false,
  ],
  [
    "$elemMatch may match 0",
    { a: { $elemMatch: { $eq: 0 } } },
    { a: [0] },
    true,
  ],
  ["$elemMatch may match false", { a: { $elemMatch: { $eq: false } } }, {
    a: [false],
  }, true],
  [
    "$elemMatch may match the empty string",
    { a: { $elemMatch: { $eq: "" } } },
    { a: [""] },
    true,
  ],
  [
    "$elemMatch with the empty condition matches any other element",
    { a: { $elemMatch: {} } },
    { a: [0] },
    true,
  ],
  [
    "$elemMatch fails for an empty array",
    { a: { $elemMatch: {} } },
    { a: [] },
    false,
  ],
  ["$elemMatch fails for what is no array", { a: { $elemMatch: { $gt: 5 } } }, {
    a: 7,
  }, false],
  [
    "$elemMatch fails for a missing attribute",
    { a: { $elemMatch: {} } },
    {},
    false,
  ],
  [
    "$elemMatch with $not alone takes it as an operator",
    { a: { $elemMatch: { $not: { $gt: 5 } } } },
    { a: [9, 1] },
    true,
  ],
  [
    "$elemMatch with $or beside a path takes both as a condition",
    { a: { $elemMatch: { $or: [{ b: 1 }], c: 2 } } },
    { a: [{ b: 1, c: 2 }] },
    true,
  ],
  [
    "$elemMatch with only $or fails",
    { a: { $elemMatch: { $or: [{ b: 1 }] } } },
    { a: [{ b: 1 }] },
    false,
  ],
  [
    "$elemMatch with only $and fails",
    { a: { $elemMatch: { $and: [{ b: 1 }] } } },
    { a: [{ b: 1 }] },
    false,
  ],
  [
    "$elemMatch with only $nor fails",
    { a: { $elemMatch: { $nor: [{ b: 2 }] } } },
    { a: [{ b: 1 }] },
    false,
  ],
  [
    "$elemMatch with only $savedGroup fails",
    { a: { $elemMatch: { $savedGroup: { id: "g" } } } },
    { a: [{ b: 1 }] },
    false,
    { g: { type: "condition", condition: {} } },
  ],
  [
    "$elemMatch reaches saved groups",
    { a: { $elemMatch: { $inGroup: "g" } } },
    { a: ["y", "x"] },
    true,
    { g: ["x"] },
  ],
];

// An operand that is no list is false by itself, not malformed: the condition around it stands.
const negated: readonly ConditionRow[] = [
  ["$all over no list holds under $not", { a: { $not: { $all: "x" } } }, {
    a: ["x"],
  }, true],
  ["$all over null holds under $not", { a: { $not: { $all: null } } }, {
    a: [],
  }, true],
  ["$alli over no list holds under $not", { a: { $not: { $alli: "x" } } }, {
    a: ["x"],
  }, true],
  ["$alli over null holds under $not", { a: { $not: { $alli: null } } }, {
    a: [],
  }, true],
  ["$size of no list holds under $not", { a: { $not: { $size: 1 } } }, {
    a: "x",
  }, true],
  [
    "$elemMatch in no list holds under $not",
    { a: { $not: { $elemMatch: {} } } },
    { a: "x" },
    true,
  ],
];

testConditions([...all, ...allFolded, ...size, ...elements, ...negated]);

const arbitraryElement = fc.oneof(
  fc.constantFrom<JsonValue>("x", "X", "null", "1", "true", "y"),
  fc.constantFrom<JsonValue>(null, 1, true, "", 0, ["x"], {}, { a: 1 }),
);
const arbitraryOperand = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom<JsonValue>("x", "X", "null", "1") },
  {
    weight: 3,
    arbitrary: fc.constantFrom<JsonValue>(0, 1, NaN, -0, true, false, null),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonValue>(
      ["x"],
      [],
      {},
      { a: 1 },
      { $ne: "x" },
    ),
  },
);

for (const operator of ["$all", "$alli"]) {
  Deno.test(`${operator} holds of many operands exactly where it holds of each`, () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(
        fc.array(arbitraryElement, { minLength: 2, maxLength: 8 }),
        fc.array(arbitraryOperand, { minLength: 17, maxLength: 20 }),
        (a, operands) => {
          const holds = (operands: readonly JsonValue[]) =>
            evalCondition({ a }, { a: { [operator]: operands } } as Condition);
          const together = holds(operands);
          seen.add(together);
          assertEquals(together, operands.every((operand) => holds([operand])));
        },
      ),
      runs(500),
    );
    assertEquals(seen.size, 2);
  });
}

/** Elements that tell how often they are read as text, as a number or as JSON. */
function countReadings(count: number): readonly [object[], () => number] {
  let readings = 0;
  const read = () => {
    readings++;
    return "z";
  };
  const elements = Array.from(
    { length: count },
    () => ({ toString: read, valueOf: read, toJSON: read }),
  );
  return [elements, () => readings];
}

Deno.test("$all and $alli read each element once for each kind of operand, however many operands there are", () => {
  const kinds: { readonly [kind: string]: (index: number) => JsonValue } = {
    texts: (index) => `text ${index}`,
    numbers: (index) => index,
    objects: (index) => ({ index }),
    lists: (index) => [index],
    mixed: (index) => [`text ${index}`, index, { index }, [index]][index % 4]!,
  };
  for (const operator of ["$all", "$alli"]) {
    for (const [kind, make] of Object.entries(kinds)) {
      const [elements, readings] = countReadings(1000);
      const matching = Array.from({ length: 500 }, (_, index) => make(index));
      const a = [...elements, ...matching];
      const condition = { a: { [operator]: matching } } as Condition;
      assertEquals(evalCondition({ a }, condition), true, kind);
      assert(readings() <= 3000, `${operator} of ${kind}: ${readings()}`);
    }
  }
});

Deno.test("$all tries equal objects of operators once", () => {
  const [elements, readings] = countReadings(10_000);
  const operands = new Array(10_000).fill({ $regex: "^z$" });
  const condition = { a: { $all: operands } } as Condition;
  assertEquals(evalCondition({ a: elements }, condition), true);
  assertEquals(readings(), 1);
});

/** Whether so many elements meet `$all` of so many objects of operators, which each of them does. */
function holdsForAll(operands: number, elements: number): boolean {
  return evalCondition({ a: new Array(elements).fill("x") }, {
    a: {
      $all: Array.from({ length: operands }, (_, index) => ({ $ne: index })),
    },
  });
}

Deno.test("$all has 16 objects of operators look at any number of elements", () => {
  assertEquals([holdsForAll(16, 62_501), holdsForAll(17, 62_501)], [
    true,
    false,
  ]);
});

Deno.test("$all has more of them look at a million elements together, and no more", () => {
  assertEquals([holdsForAll(100, 10_000), holdsForAll(101, 9_901)], [
    true,
    false,
  ]);
});

Deno.test("$all looks up any number of plain values among any number of elements", () => {
  const texts = Array.from({ length: 1_001 }, (_, index) => `${index}`);
  assertEquals(evalCondition({ a: texts }, { a: { $all: texts } }), true);
});

Deno.test("$all is too deep to evaluate where very many objects of operators would look at very many elements", () => {
  const operands = Array.from({ length: 1001 }, (_, index) => ({ $ne: index }));
  const holds = (count: number) =>
    evalCondition(
      { a: new Array(count).fill("x") },
      { a: { $all: operands } } as Condition,
    );
  assertEquals([holds(900), holds(1000)], [true, false]);
  const negated = { a: { $not: { $all: operands } } } as Condition;
  assertEquals(evalCondition({ a: new Array(1000).fill(1) }, negated), false);
});
