import { assertEquals } from "@std/assert";
import { parseLcov } from "../../../tools/coverage/parse_lcov.ts";

const report = `SF:/home/core/hash.ts
FN:4,hash
FNDA:2,hash
FNF:1
FNH:1
BRDA:7,1,0,0
BRDA:5,2,0,3
BRDA:5,2,1,-
BRF:3
BRH:1
DA:4,2
DA:5,2
DA:7,0
DA:6,0
LH:2
LF:4
end_of_record
SF:/home/core/url.ts
DA:1,1
LH:1
LF:1
end_of_record
`;

Deno.test("parseLcov() reads each file of a report", () => {
  assertEquals(parseLcov(report).map(({ file }) => file), [
    "/home/core/hash.ts",
    "/home/core/url.ts",
  ]);
});

Deno.test("parseLcov() counts lines and names those that never ran, in order", () => {
  const [coverage] = parseLcov(report);
  assertEquals(coverage?.lines, 4);
  assertEquals(coverage?.uncoveredLines, [6, 7]);
});

Deno.test("parseLcov() takes a branch that nothing led to for one that was never taken", () => {
  const [coverage] = parseLcov(report);
  assertEquals(coverage?.branches, 3);
  assertEquals(coverage?.uncoveredBranches, [5, 7]);
});

Deno.test("parseLcov() finds nothing in an empty report", () => {
  assertEquals(parseLcov(""), []);
});
