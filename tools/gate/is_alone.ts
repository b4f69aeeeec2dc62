/**
 * Whether a file has tests that must run alone: those that measure time, or the heap of their own
 * process. The name of the file says so: `speed_alone_test.ts`.
 */
export function isAlone(path: string): boolean {
  return path.endsWith("_alone_test.ts");
}
