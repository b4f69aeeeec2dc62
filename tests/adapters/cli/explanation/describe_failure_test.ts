import { assertEquals } from "@std/assert";
import type { ConditionFailure } from "../../../../mod.ts";
import { describeFailure } from "../../../../adapters/cli/explanation/describe_failure.ts";

const phrases: readonly (readonly [ConditionFailure, string])[] = [
  [fail("equals", "fr", "de"), 'country is "de", not "fr"'],
  [fail("$eq", "fr", null), 'country has no value, not "fr"'],
  [fail("$ne", "fr", "fr"), 'country is "fr", and must not be "fr"'],
  [fail("$gte", 18, 17), "country is 17, not at least 18"],
  [
    fail("$vlt", "3.0.0", "3.1.0"),
    'country is "3.1.0", not a version below "3.0.0"',
  ],
  [fail("$in", ["fr", "be"], "de"), 'country is "de", not in ["fr","be"]'],
  [fail("$nin", ["fr"], "fr"), 'country is "fr", and must not be in ["fr"]'],
  [fail("$exists", true, null), "country has no value, and must have one"],
  [fail("$exists", false, "fr"), 'country is "fr", and must have none'],
  [fail("$regex", "^f", "de"), 'country is "de", not matching "^f"'],
  [
    fail("$inGroup", "eu", "us"),
    'country is "us", not in the saved group "eu"',
  ],
  [fail("$type", "string", 7), 'country is 7, not of type "string"'],
  [fail("$unheard", 1, 7), "country is 7, which fails $unheard 1"],
  [fail("toString", 1, 7), "country is 7, which fails toString 1"],
];

for (const [failure, phrase] of phrases) {
  Deno.test(`describeFailure() tells that ${phrase}`, () => {
    assertEquals(describeFailure(failure), phrase);
  });
}

Deno.test("describeFailure() tells why the alternatives of $or failed", () => {
  const causes = ["fr", "be", "lu", "ch", "mc"].map((country) =>
    fail("equals", country, "de")
  );
  assertEquals(
    describeFailure({ ...fail("$or", [], {}), path: "", causes }),
    'no alternative holds (country is "de", not "fr"; country is "de", not "be"; ' +
      'country is "de", not "lu"; and 2 more)',
  );
});

Deno.test("describeFailure() tells what $not and $nor exclude", () => {
  const expected = { country: "de" };
  const over = { path: "", expected, actual: { country: "de" } };
  assertEquals(
    describeFailure({ ...over, operator: "$not" }),
    '{"country":"de"} must not hold',
  );
  assertEquals(
    describeFailure({ ...over, operator: "$nor", expected: [expected] }),
    'none of [{"country":"de"}] may hold',
  );
});

Deno.test("describeFailure() names the saved group that the user is not in", () => {
  const expected = { id: "staff" };
  assertEquals(
    describeFailure({
      path: "",
      operator: "$savedGroup",
      expected,
      actual: {},
    }),
    'not in the saved group "staff"',
  );
});

Deno.test("describeFailure() tells that a condition can't be evaluated", () => {
  const actual = "the condition is malformed";
  assertEquals(
    describeFailure({ path: "", operator: "$and", expected: null, actual }),
    "cannot be evaluated (the condition is malformed)",
  );
});

Deno.test("describeFailure() escapes the path, the operator and the values", () => {
  assertEquals(
    describeFailure({
      path: "a\x1b",
      operator: "$\x1b",
      expected: "\x1b",
      actual: "\x1b",
    }),
    'a\\u001b is "\\u001b", which fails $\\u001b "\\u001b"',
  );
});

function fail(
  operator: string,
  expected: unknown,
  actual: unknown,
): ConditionFailure {
  return { path: "country", operator, expected, actual };
}
