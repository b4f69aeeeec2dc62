import { coreRule } from "./core_rule.ts";

/** Reports a `let` or `var` that lives as long as its module. */
export const noModuleState: Deno.lint.Rule = coreRule((context) => ({
  VariableDeclaration(node) {
    const isTop = node.parent.type === "Program" ||
      node.parent.type === "ExportNamedDeclaration";
    if (!isTop || node.declare) return;
    if (node.kind !== "let" && node.kind !== "var") return;
    context.report({
      node,
      message:
        `A module of the core keeps no state, but declares a \`${node.kind}\``,
      hint:
        "Use a const, or take the state as a parameter and return the next one",
    });
  },
}));
