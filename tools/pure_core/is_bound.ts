import { bindsName } from "./binds_name.ts";

/**
 * Whether a name is bound by the code around it: by a parameter, a declaration
 * or an import of a scope that is one of `ancestors`. A `var` counts for its
 * block; `declare` counts for nothing, since it makes no value, and neither does
 * a class, since the core has none.
 */
export function isBound(
  name: string,
  ancestors: readonly Deno.lint.Node[],
): boolean {
  return ancestors.some((scope) => {
    switch (scope.type) {
      case "Program":
      case "BlockStatement":
        return scope.body.some((statement) => declares(statement, name));
      case "SwitchStatement":
        return scope.cases.some((branch) =>
          branch.consequent.some((statement) => declares(statement, name))
        );
      case "ForStatement":
        return scope.init !== null && declares(scope.init, name);
      case "ForInStatement":
      case "ForOfStatement":
        return declares(scope.left, name);
      case "CatchClause":
        return scope.param !== null && bindsName(scope.param, name);
      case "FunctionExpression":
        return scope.id?.name === name || hasParameter(scope.params, name);
      case "FunctionDeclaration":
      case "ArrowFunctionExpression":
        return hasParameter(scope.params, name);
      default:
        return false;
    }
  });
}

function hasParameter(
  parameters: readonly Deno.lint.Parameter[],
  name: string,
): boolean {
  return parameters.some((parameter) => bindsName(parameter, name));
}

function declares(node: Deno.lint.Node, name: string): boolean {
  switch (node.type) {
    case "VariableDeclaration":
      return !node.declare &&
        node.declarations.some(({ id }) => bindsName(id, name));
    case "FunctionDeclaration":
    case "TSEnumDeclaration":
      return !node.declare && node.id?.name === name;
    case "ExportNamedDeclaration":
      return node.declaration !== null && declares(node.declaration, name);
    case "ExportDefaultDeclaration":
      return declares(node.declaration, name);
    case "ImportDeclaration":
      return node.importKind === "value" &&
        node.specifiers.some((specifier) =>
          specifier.local.name === name &&
          (specifier.type !== "ImportSpecifier" ||
            specifier.importKind === "value")
        );
    default:
      return false;
  }
}
