import ts from "typescript";
import { type Edit, replace } from "./edit.ts";

/** Negates a condition that has no operator of its own, and takes an early exit away. */
export function mutateBranch(node: ts.Node): readonly Edit[] {
  const edits: Edit[] = [];
  const condition = conditionOf(node);
  if (condition !== undefined && isPlain(condition)) {
    edits.push(replace(condition, `!(${condition.getText()})`));
  }
  if (
    ts.isIfStatement(node) && node.elseStatement === undefined &&
    isExit(node.thenStatement)
  ) {
    edits.push(replace(node, ";"));
  }
  return edits;
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isConditionalExpression(node)) return node.condition;
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
    return node.expression;
  }
  return undefined;
}

function isPlain(condition: ts.Expression): boolean {
  return ts.isIdentifier(condition) || ts.isCallExpression(condition) ||
    ts.isPropertyAccessExpression(condition) ||
    ts.isElementAccessExpression(condition);
}

function isExit(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined &&
    (ts.isReturnStatement(last) || ts.isThrowStatement(last) ||
      ts.isContinueStatement(last) || ts.isBreakStatement(last));
}
