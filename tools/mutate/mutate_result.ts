import ts from "typescript";
import { type Edit, replace } from "./edit.ts";

/** Returns a constant instead of what a function works out. */
export function mutateResult(node: ts.Node): readonly Edit[] {
  const result = resultOf(node);
  if (result === undefined || isConstant(result)) return [];
  const type = functionOf(node)?.type?.getText();
  return constantsOf(type, result).map((constant) => replace(result, constant));
}

function resultOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isReturnStatement(node)) return node.expression;
  return ts.isArrowFunction(node) && !ts.isBlock(node.body)
    ? node.body
    : undefined;
}

function functionOf(node: ts.Node): ts.SignatureDeclaration | undefined {
  const found = ts.isArrowFunction(node)
    ? node
    : ts.findAncestor(node, ts.isFunctionLike);
  return found as ts.SignatureDeclaration | undefined;
}

// Other mutators change these.
function isConstant(expression: ts.Expression): boolean {
  return ts.isLiteralExpression(expression) ||
    expression.kind === ts.SyntaxKind.TrueKeyword ||
    expression.kind === ts.SyntaxKind.FalseKeyword ||
    expression.kind === ts.SyntaxKind.NullKeyword;
}

function constantsOf(
  type: string | undefined,
  result: ts.Expression,
): readonly string[] {
  if (type === undefined) {
    return isLogical(result) ? ["true", "false"] : ["undefined"];
  }
  if (type === "boolean" || type.includes(" is ")) return ["true", "false"];
  if (/\bnull$/.test(type)) return ["null"];
  if (type === "number") return ["0"];
  if (type === "string") return ['""'];
  return type.endsWith("[]") ? ["[]"] : ["undefined"];
}

const logicalOperators = /^(?:[!=]==?|[<>]=?|in|instanceof|&&|\|\|)$/;

function isLogical(expression: ts.Expression): boolean {
  return ts.isBinaryExpression(expression) &&
      logicalOperators.test(expression.operatorToken.getText()) ||
    ts.isPrefixUnaryExpression(expression) &&
      expression.operator === ts.SyntaxKind.ExclamationToken;
}
