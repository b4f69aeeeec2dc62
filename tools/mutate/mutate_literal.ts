import ts from "typescript";
import { type Edit, replace } from "./edit.ts";

/** Moves a number by one, flips a boolean, and empties a string that is a name. */
export function mutateLiteral(node: ts.Node): readonly Edit[] {
  if (ts.isNumericLiteral(node)) {
    const value = Number(node.text);
    return [replace(node, `${value + 1}`), replace(node, `(${value - 1})`)];
  }
  if (ts.isBigIntLiteral(node)) {
    const value = BigInt(node.text.slice(0, -1));
    return [replace(node, `${value + 1n}n`), replace(node, `(${value - 1n}n)`)];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [replace(node, "false")];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [replace(node, "true")];
  return ts.isStringLiteral(node) && isName(node.text)
    ? [replace(node, '""')]
    : [];
}

// An operator or a reason; what is written for people to read has spaces.
function isName(text: string): boolean {
  return text !== "" && !text.includes(" ");
}
