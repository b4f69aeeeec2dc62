import ts from "typescript";
import { type Edit, replace } from "./edit.ts";

/** What each operator becomes. Comparisons lose or gain their bound, and are turned around. */
const replacements: { readonly [operator: string]: readonly string[] } = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "&": ["|"],
  "|": ["&"],
  "^": ["|"],
  "<<": [">>"],
  ">>": ["<<"],
  ">>>": [">>"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "|=": ["&="],
  "&=": ["|="],
  "^=": ["|="],
};

/** Swaps the operator of an expression with two sides, or takes a negation away. */
export function mutateOperator(node: ts.Node): readonly Edit[] {
  if (ts.isBinaryExpression(node)) {
    const { operatorToken } = node;
    const others = replacements[operatorToken.getText()] ?? [];
    return others.map((operator) => replace(operatorToken, operator));
  }
  return isNegation(node) ? [replace(node, node.operand.getText())] : [];
}

function isNegation(node: ts.Node): node is ts.PrefixUnaryExpression {
  return ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken;
}
