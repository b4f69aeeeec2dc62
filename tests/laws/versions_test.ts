import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Condition,
  evalCondition,
  paddedVersionString,
} from "../../mod.ts";
import {
  arbitraryVersion,
  arbitraryVersionLike,
} from "../arbitraries/version.ts";
import { testLaw } from "../support/test_law.ts";

const runs = 3000;

/** Three numbers, as most versions are, at and around five digits and with zeros in front. */
const arbitraryPlainVersion = fc.array(
  fc.oneof(
    fc.nat(12).map(String),
    fc.constantFrom("0", "9", "00", "01", "99999", "100000", "00001", ""),
  ),
  { minLength: 2, maxLength: 4 },
).map((parts) => parts.join("."));

testLaw(
  "evalCondition() always orders versions as their padded texts",
  runs,
  [
    fc.oneof(arbitraryVersionLike, arbitraryPlainVersion),
    fc.oneof(
      arbitraryVersionLike,
      arbitraryPlainVersion,
    ),
  ],
  (left, right) => {
    const [own, other] = [left, right].map(paddedVersionString);
    assertEquals(compare(left, "$vlt", right), own! < other!);
    assertEquals(compare(left, "$veq", right), own === other);
    assertEquals(compare(left, "$vgt", right), own! > other!);
  },
);

testLaw(
  "evalCondition() has exactly one of $vlt, $veq and $vgt hold",
  runs,
  [arbitraryVersionLike, arbitraryVersionLike],
  (left, right) => {
    const holding = ["$vlt", "$veq", "$vgt"]
      .filter((operator) => compare(left, operator, right));
    assertEquals(holding.length, 1);
  },
);

testLaw(
  "evalCondition() takes $vlte, $vgte and $vne for the opposites of $vgt, $vlt and $veq",
  runs,
  [arbitraryVersionLike, arbitraryVersionLike],
  (left, right) => {
    const holds = (operator: string) => compare(left, operator, right);
    assertEquals(holds("$vlte"), !holds("$vgt"));
    assertEquals(holds("$vgte"), !holds("$vlt"));
    assertEquals(holds("$vne"), !holds("$veq"));
  },
);

testLaw(
  "evalCondition() compares versions both ways round alike: antisymmetric",
  runs,
  [arbitraryVersionLike, arbitraryVersionLike],
  (left, right) => {
    assertEquals(compare(left, "$vlt", right), compare(right, "$vgt", left));
    assertEquals(compare(left, "$veq", right), compare(right, "$veq", left));
  },
);

testLaw(
  "evalCondition() takes a version for equal to itself: reflexive",
  runs,
  [arbitraryVersionLike],
  (version) => assert(compare(version, "$veq", version)),
);

testLaw(
  "evalCondition() never orders three versions in a circle: transitive",
  runs,
  [arbitraryVersionLike, arbitraryVersionLike, arbitraryVersionLike],
  (one, two, three) => {
    for (const operator of ["$vlt", "$vlte", "$veq"]) {
      const isChain = compare(one, operator, two) &&
        compare(two, operator, three);
      assert(!isChain || compare(one, operator, three));
    }
  },
);

testLaw(
  "evalCondition() orders three numbers of up to five digits by their values",
  runs,
  [arbitraryNumbers(), arbitraryNumbers()],
  (left, right) => {
    const difference = left
      .map((number, index) => number - right[index]!)
      .find((difference) => difference !== 0) ?? 0;
    const operator = difference < 0 ? "$vlt" : difference > 0 ? "$vgt" : "$veq";
    assert(compare(left.join("."), operator, right.join(".")));
  },
);

testLaw(
  "evalCondition() has a release follow its pre-releases",
  runs,
  [arbitraryNumbers(), fc.stringMatching(/^[a-z]{1,6}(\.\d{1,3})?$/)],
  (numbers, suffix) => {
    const release = numbers.join(".");
    assert(compare(`${release}-${suffix}`, "$vlt", release));
  },
);

testLaw(
  "evalCondition() minds neither a leading v nor the build of a version",
  runs,
  [arbitraryVersion.filter(isBare), fc.stringMatching(/^[a-z0-9.-]*$/)],
  (version, build) => {
    assert(compare(`v${version}+${build}`, "$veq", version));
  },
);

function compare(left: unknown, operator: string, right: unknown): boolean {
  const condition = { version: { [operator]: right } } as Condition;
  return evalCondition({ version: left }, condition);
}

function arbitraryNumbers(): fc.Arbitrary<readonly [number, number, number]> {
  const number = fc.oneof(fc.nat(3), fc.nat(99_999));
  return fc.tuple(number, number, number);
}

function isBare(version: string): boolean {
  return version !== "" && !version.startsWith("v") && !version.includes("+");
}
