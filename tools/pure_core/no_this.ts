import { coreRule } from "./core_rule.ts";

/** Reports `this`. */
export const noThis: Deno.lint.Rule = coreRule((context) => ({
  ThisExpression(node) {
    context.report({
      node,
      message: "The core has no `this`",
      hint: "Take the value as a parameter",
    });
  },
}));
