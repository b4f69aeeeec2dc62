/**
 * The beginnings of the paths of tests that take long: most start other programs and wait for them.
 * The first builds the package, which the last need.
 */
const long = [
  "tests/package/package_test.ts",
  "tests/adapters/delivery/sinks/faults_test.ts",
  "tests/adapters/cli/runtimes_test.ts",
  "tests/runtimes/",
  "tests/crash/",
  "tests/adapters/cli/bin_test.ts",
  "tests/adapters/cli/documentation_test.ts",
  "tests/adapters/cli/tasks_test.ts",
  "tests/adapters/client/life/short_lives_test.ts",
  "tests/adapters/client/streams/promises_test.ts",
  "tests/adapters/delivery/sinks/schedules_test.ts",
  "tests/adapters/redis/redis_",
  "tests/examples/",
  "tests/package/",
] as const;

/**
 * Gives the files of tests that are to begin before the others, so that none of them is left to run
 * by itself at the end.
 */
export function longFirst(testFiles: readonly string[]): readonly string[] {
  return [
    ...new Set(
      long.flatMap((start) =>
        testFiles.filter((path) => path.startsWith(start))
      ),
    ),
  ];
}
