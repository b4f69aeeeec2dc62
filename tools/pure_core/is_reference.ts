/** The TypeScript nodes whose direct identifier is a value, not a type. */
const VALUE_NODES: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSExportAssignment",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

/**
 * Whether an identifier stands for the value of a variable: not for a property,
 * a key, a label, a name in a declaration, a module's own name or a type.
 */
export function isReference(node: Deno.lint.Identifier): boolean {
  const parent: Deno.lint.Node = node.parent;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      // A shorthand is visited twice, as key and as value.
      return parent.key !== node || parent.computed;
    case "ClassDeclaration":
    case "ClassExpression":
    case "VariableDeclarator":
    case "TSEnumMember":
      return parent.id !== node;
    case "ExportSpecifier":
      return parent.local === node && parent.exportKind === "value" &&
        parent.parent.exportKind === "value" && parent.parent.source === null;
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportAllDeclaration":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
      return false;
    default:
      return !parent.type.startsWith("TS") || VALUE_NODES.has(parent.type);
  }
}
