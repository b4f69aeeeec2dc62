import { posix } from "node:path";
import { coreRule } from "./core_rule.ts";

/**
 * Reports an import or a re-export of anything but a file of `core/`, types
 * included: what the core depends on has to be in it.
 */
export const imports: Deno.lint.Rule = coreRule((context, path) => {
  function check(node: Deno.lint.Node, specifier: unknown): void {
    if (typeof specifier !== "string") {
      context.report({
        node,
        message: "An import of the core names its file in a string",
        hint: "Import it at the top of the file",
      });
    } else if (!staysInside(path, specifier)) {
      context.report({
        node,
        message:
          `The core imports nothing from outside core/, but "${specifier}" is`,
        hint:
          "Take what it gives as a parameter, or do that part of the work in adapters/",
      });
    }
  }
  return {
    ImportDeclaration(node) {
      check(node, node.source.value);
    },
    ExportAllDeclaration(node) {
      check(node, node.source.value);
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) check(node, node.source.value);
    },
    ImportExpression(node) {
      check(node, literal(node.source));
    },
    TSImportType(node) {
      check(
        node,
        node.argument.type === "TSLiteralType"
          ? literal(node.argument.literal)
          : undefined,
      );
    },
    TSImportEqualsDeclaration(node) {
      context.report({
        node,
        message: "The core has no `import =`",
        hint: "Write `import { name } from` with a file of core/",
      });
    },
  };
});

function staysInside(path: string, specifier: string): boolean {
  if (!specifier.startsWith("./") && !specifier.startsWith("../")) return false;
  // Percent signs would let a specifier say ".." without showing it.
  if (specifier.includes("%") || specifier.includes("\\")) return false;
  const target = posix.join(posix.dirname(path), specifier);
  return target !== ".." && !target.startsWith("../");
}

function literal(node: Deno.lint.Node): unknown {
  return node.type === "Literal" ? node.value : undefined;
}
