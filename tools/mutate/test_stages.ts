import { basename, dirname } from "node:path";

/** What notices a mutant of a folder of the core, besides the tests of that folder. */
const others: { readonly [folder: string]: readonly string[] } = {
  hash: [
    "tests/core/bucket",
    "tests/laws/bucketing_test.ts",
    "tests/laws/assignment_test.ts",
  ],
  bucket: [
    "tests/core/hash",
    "tests/laws/assignment_test.ts",
    "tests/laws/exclusion_test.ts",
  ],
  condition: [
    "tests/core/hostile_attributes_test.ts",
    "tests/core/hostile_names_test.ts",
    "tests/core/lint/condition/check_condition_test.ts",
    "tests/laws/conditions/conditions_test.ts",
    "tests/laws/membership_test.ts",
    "tests/laws/versions_test.ts",
    "tests/differential/conditions_test.ts",
  ],
  gates: [
    "tests/core/experiment",
    "tests/core/feature",
    "tests/core/explain",
    "tests/core/evaluation",
    "tests/core/decide",
    "tests/laws/dependencies_test.ts",
    "tests/laws/explanations_test.ts",
  ],
  experiment: [
    "tests/core/gates",
    "tests/core/feature",
    "tests/core/explain",
    "tests/core/evaluation",
    "tests/core/decide",
    "tests/core/hostile_names_test.ts",
    "tests/laws/decisions_test.ts",
    "tests/laws/explanations_test.ts",
    "tests/laws/sticky_buckets_test.ts",
    "tests/differential/experiments_test.ts",
    "tests/differential/features_test.ts",
    "tests/differential/malformed_test.ts",
  ],
  feature: [
    "tests/core/gates",
    "tests/core/experiment",
    "tests/core/explain",
    "tests/core/evaluation",
    "tests/core/decide",
    "tests/core/hostile_names_test.ts",
    "tests/laws/decisions_test.ts",
    "tests/laws/dependencies_test.ts",
    "tests/laws/explanations_test.ts",
    "tests/laws/prerequisites_test.ts",
    "tests/differential/features_test.ts",
    "tests/differential/malformed_test.ts",
  ],
  pattern: [
    "tests/core/hostile_attributes_test.ts",
    "tests/core/condition/operators/pattern_test.ts",
    "tests/core/lint/condition/check_condition_test.ts",
    "tests/core/url",
  ],
};

/**
 * The tests that are run on a mutant of a file, stage by stage until one fails: those of the file,
 * which take no time and notice most, those of its folder, and then the ones further off.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(testStages("core/bucket/in_range.ts").slice(0, 2), [
 *   ["tests/core/bucket/in_range_test.ts"],
 *   ["tests/core/bucket"],
 * ]);
 * ```
 */
export function testStages(file: string): readonly (readonly string[])[] {
  // The tests of a folder's rooms are in one folder, or in rooms of it.
  const folder = dirname(file).split("/").slice(0, 2).join("/");
  return [
    [`tests/${folder}/${basename(file, ".ts")}_test.ts`],
    [`tests/${folder}`],
    others[basename(folder)] ?? ["tests/core"],
  ];
}
