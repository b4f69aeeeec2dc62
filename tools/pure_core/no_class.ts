import { coreRule } from "./core_rule.ts";

/** Reports a class. `declare class`, which describes one, is no class. */
export const noClass: Deno.lint.Rule = coreRule((context) => {
  function report(node: Deno.lint.Node): void {
    // The `declare` field of a class is false in Deno 2.9 whatever the source says.
    if (/^declare\b/.test(context.sourceCode.getText(node))) return;
    context.report({
      node,
      message: "The core has no class",
      hint:
        "Write a function from plain data to plain data; throw a built-in error class",
    });
  }
  return { ClassDeclaration: report, ClassExpression: report };
});
