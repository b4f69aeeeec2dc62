import ts from "typescript";
import type { Edit, Mutator } from "./edit.ts";
import type { Mutant } from "./mutant.ts";
import { mutateBranch } from "./mutate_branch.ts";
import { mutateLiteral } from "./mutate_literal.ts";
import { mutateOperator } from "./mutate_operator.ts";
import { mutateResult } from "./mutate_result.ts";

const mutators: readonly Mutator[] = [
  mutateOperator,
  mutateLiteral,
  mutateBranch,
  mutateResult,
];

/** Lines of the repository are shorter; what spans several is cut here. */
const longest = 120;

/**
 * Finds the mutants of a source file, in the order of its text. Types, imports and comments are
 * left alone, since no test can notice them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const mutants = findMutants("is_zero.ts", "export const isZero = (n: 0 | 1) => n === 0;");
 * assertEquals(mutants[0]?.after, "export const isZero = (n: 0 | 1) => true;");
 * ```
 */
export function findMutants(file: string, source: string): readonly Mutant[] {
  const tree = ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
  );
  const found = new Map<string, Mutant>();
  visit(tree, "");
  return [...found.values()];

  function visit(node: ts.Node, within: string): void {
    if (isInert(node)) return;
    const name = nameOf(node) ?? within;
    for (const mutate of mutators) {
      for (const edit of mutate(node)) {
        const mutant = makeMutant(tree, edit, name);
        // Two mutators may come to the same, or to what is there already.
        if (mutant.source !== source && !found.has(mutant.source)) {
          found.set(mutant.source, mutant);
        }
      }
    }
    ts.forEachChild(node, (child) => visit(child, name));
  }
}

function isInert(node: ts.Node): boolean {
  return ts.isTypeNode(node) || ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) || ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.canHaveModifiers(node) &&
      (ts.getModifiers(node) ?? []).some(({ kind }) =>
        kind === ts.SyntaxKind.DeclareKeyword
      );
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name?.text;
  const isConstant = ts.isVariableDeclaration(node) &&
    ts.isSourceFile(node.parent.parent.parent);
  return isConstant ? node.name.getText() : undefined;
}

function makeMutant(
  tree: ts.SourceFile,
  { start, end, text }: Edit,
  within: string,
): Mutant {
  const source = tree.text;
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = (source + "\n").indexOf("\n", end);
  const head = source.slice(lineStart, start);
  const tail = source.slice(end, lineEnd);
  return {
    file: tree.fileName,
    line: tree.getLineAndCharacterOfPosition(start).line + 1,
    within,
    before: flatten(head + source.slice(start, end) + tail),
    after: flatten(head + text + tail),
    source: source.slice(0, start) + text + source.slice(end),
  };
}

function flatten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
