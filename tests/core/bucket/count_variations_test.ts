import { assertEquals } from "@std/assert";
import { countVariations } from "../../../core/bucket/count_variations.ts";
import { type JsonValue, runExperiment } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const rows: readonly (readonly [string, unknown, unknown])[] = [
  ["counts a list", ["a", "b", "c"], 3],
  ["counts the characters of a text", "ab", 2],
  ["takes an object's word for its length", { length: 3 }, 3],
  ["takes any word that is no number", { length: "3" }, "3"],
  ["finds no length in an object without", {}, undefined],
  ["refuses a fraction", { length: 2.5 }, null],
  ["counts up to 10,000", { length: 10_000 }, 10_000],
  ["refuses more than 10,000", { length: 10_001 }, null],
  ["refuses what would take forever", { length: 1e9 }, null],
];

testRows("countVariations()", rows, ([, variations, expected]) => {
  const experiment = {
    key: "exp",
    variations: malformed<readonly JsonValue[]>(variations),
  };
  assertEquals<unknown>(countVariations(experiment), expected);
});

Deno.test("a length in the form of a text leaves one variation, of that share", () => {
  const variations = malformed<readonly JsonValue[]>({ 0: "a", length: "4" });
  const users = Array.from(
    { length: 1000 },
    (_, index) => ({ id: `${index}` }),
  );
  const results = users.map((attributes) =>
    runExperiment({ attributes }, { key: "exp", variations })
  );
  const included = results.filter(({ inExperiment }) => inExperiment);
  assertEquals(included.every(({ value }) => value === "a"), true);
  assertEquals(Math.floor(included.length / 100), 2);
});
