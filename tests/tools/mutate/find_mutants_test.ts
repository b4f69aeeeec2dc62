import { assertEquals } from "@std/assert";
import { findMutants } from "../../../tools/mutate/find_mutants.ts";
import { testRows } from "../../support/test_rows.ts";

type Row = readonly [fact: string, source: string, expected: readonly string[]];

const rows: readonly Row[] = [
  ["moves the bound of a comparison, and turns it around", "a < b;", [
    "a <= b;",
    "a >= b;",
  ]],
  ["negates an equality", "a === b;", ["a !== b;"]],
  ["swaps and for or", "a && b;", ["a || b;"]],
  ["swaps plus for minus", "a + b;", ["a - b;"]],
  ["swaps an assignment that adds", "a += b;", ["a -= b;"]],
  ["takes a negation away", "!a;", ["a;"]],
  ["moves a number by one", "f(7);", ["f(8);", "f((6));"]],
  ["moves a number that is written in another base", "f(0x10);", [
    "f(17);",
    "f((15));",
  ]],
  ["moves an integer of any size", "f(2n);", ["f(3n);", "f((1n));"]],
  ["flips a boolean", "f(true);", ["f(false);"]],
  ["empties a string that is a name", 'f("$in");', ['f("");']],
  ["leaves a string for people alone", 'f("is too deep");', []],
  ["leaves an empty string alone", 'f("");', []],
  ["negates a condition without an operator", "if (a) b(); else c();", [
    "if (!(a)) b(); else c();",
  ]],
  ["negates what decides between two values", "a ? b : c;", ["!(a) ? b : c;"]],
  ["takes an early exit away", "while (true) { if (a) break; }", [
    "while (false) { if (a) break; }",
    "while (true) { if (!(a)) break; }",
    "while (true) { ; }",
  ]],
  [
    "returns each boolean where one is returned",
    "function f(): boolean { return g(); }",
    [
      "function f(): boolean { return true; }",
      "function f(): boolean { return false; }",
    ],
  ],
  [
    "returns null where that may be",
    "function f(): number | null { return g(); }",
    ["function f(): number | null { return null; }"],
  ],
  ["returns nothing from a short function", "const f = () => g();", [
    "const f = () => undefined;",
  ]],
  ["makes no mutant twice", "function f(): boolean { return true; }", [
    "function f(): boolean { return false; }",
  ]],
  ["makes no mutant that is the same", "function f(): A[] { return []; }", []],
  ["leaves types alone", 'let a: 1 | "b" | true; type C = 2;', []],
  ["leaves what is only declared alone", "declare const a: A<1>;", []],
  ["leaves imports alone", 'import { a } from "a"; export { b } from "b";', []],
  ["leaves comments alone", "// 1 < 2\n", []],
];

testRows("findMutants()", rows, ([, source, expected]) => {
  assertEquals(
    findMutants("a.ts", source).map((mutant) => mutant.source),
    expected,
  );
});

Deno.test("findMutants() says where a mutant is, and what it changes there", () => {
  const source = `/** A. */
export function both(a: boolean, b: boolean): boolean {
  if (!a) return false;
  return b;
}
`;
  const [mutant] = findMutants("core/both.ts", source);
  assertEquals(mutant && { ...mutant, source: "" }, {
    file: "core/both.ts",
    line: 3,
    within: "both",
    before: "if (!a) return false;",
    after: ";",
    source: "",
  });
});

Deno.test("findMutants() writes what spans several lines in one", () => {
  const source = "const f = () =>\n  a(\n    b,\n  );\n";
  const [mutant] = findMutants("a.ts", source);
  assertEquals(mutant?.before, "a( b, );");
});
