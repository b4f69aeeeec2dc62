/**
 * Whether a file has tests that must run alone: those that look at the heap, measure time or kill
 * processes. The name of the file says so: `kills_alone_test.ts`.
 */
export function isAlone(path: string): boolean {
  return path.endsWith("_alone_test.ts");
}
