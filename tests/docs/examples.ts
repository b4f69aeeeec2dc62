/** An example of a page: TypeScript in a fence without an attribute such as `ignore`. */
export interface Example {
  /** The line of the page on which it begins, from 1. */
  readonly line: number;
  /** The program. */
  readonly code: string;
  /** What it says that it prints: the comment behind each `console.log(…);`. */
  readonly expected: readonly string[];
}

/** Finds the examples of a Markdown page. */
export function findExamples(page: string): readonly Example[] {
  const examples: Example[] = [];
  for (const match of page.matchAll(/^```tsx?\n([\s\S]*?)^```$/gm)) {
    const code = match[1] ?? "";
    examples.push({
      line: page.slice(0, match.index).split("\n").length,
      code,
      expected: Array.from(
        code.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm),
        ([, text]) => text ?? "",
      ),
    });
  }
  return examples;
}
