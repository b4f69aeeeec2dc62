/** An example of a doc comment: TypeScript in a fence without an attribute such as `ignore`. */
export interface CommentExample {
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** The program. It imports what it uses of the file, and names other files by their URLs. */
  readonly code: string;
}

/** Finds the examples in the doc comments of a file, given by its URL and text. */
export function findCommentExamples(
  url: URL,
  text: string,
): readonly CommentExample[] {
  return Array.from(
    text.matchAll(/^ *\* ```tsx?\n((?: *\*.*\n)*?) *\* ```$/gm),
    ({ index, 1: lines = "" }) => ({
      line: text.slice(0, index).split("\n").length,
      code: complete(lines.replaceAll(/^ *\* ?/gm, ""), url, text),
    }),
  );
}

/** Has an example import what it uses of its file, as `deno test --doc` does. */
function complete(code: string, url: URL, text: string): string {
  const resolved = code.replaceAll(
    /(?<= from |import\()"(\.[^"]*)"/g,
    (_, path: string) => JSON.stringify(new URL(path, url).href),
  );
  const used = exportsOf(text).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(code) && !declares(code, name)
  );
  return used.length === 0
    ? resolved
    : `import { ${used.join(", ")} } from "${url.href}";\n${resolved}`;
}

function exportsOf(text: string): readonly string[] {
  return Array.from(
    text.matchAll(/^export (?:async )?(?:function|const|class)\*? (\w+)/gm),
    ([, name]) => name!,
  );
}

function declares(code: string, name: string): boolean {
  const declared = `(?:const|let|function|class) ${name}\\b`;
  const imported = `import [^;]*\\b${name}\\b[^;]* from`;
  return new RegExp(`${declared}|${imported}`).test(code);
}
