import { coreRule } from "./core_rule.ts";
import { hostAdvice } from "./host_names.ts";
import { isBound } from "./is_bound.ts";
import { isReference } from "./is_reference.ts";

/** What a file of the core may use although it comes from the host. */
const EXCEPTIONS: { readonly [path: string]: readonly string[] } = {
  "url/parse_url.ts": ["URL", "URLSearchParams"],
  "payload/decrypt/decrypt.ts": ["crypto", "atob", "TextDecoder"],
};

/**
 * Reports the use of the clock, of randomness and of everything that comes from
 * the host and not from the language. Names that a file binds itself, and names
 * in types, are free; `declare const` binds nothing.
 */
export const noHost: Deno.lint.Rule = coreRule((context, path) => {
  const allowed = new Set(EXCEPTIONS[path]);
  return {
    Identifier(node) {
      if (!isReference(node)) return;
      const ancestors = context.sourceCode.getAncestors(node);
      if (node.name === "Math") {
        if (isBound("Math", ancestors) || isMathProperty(node.parent)) return;
        context.report({
          node,
          message: "The core has no randomness, which `Math` can give",
          hint:
            "Name the function, as in `Math.floor`; take a random number as a parameter",
        });
        return;
      }
      const advice = hostAdvice(node.name);
      if (advice === undefined || allowed.has(node.name)) return;
      if (isBound(node.name, ancestors)) return;
      context.report({
        node,
        message: `The core does not use \`${node.name}\``,
        hint: advice,
      });
    },
    MetaProperty(node) {
      if (node.meta.name !== "import") return;
      context.report({
        node,
        message: "The core does not use `import.meta`",
        hint: "Take what it tells as a parameter",
      });
    },
  };
});

/** Whether `Math` is used as `Math.floor` is, which names what it takes. */
function isMathProperty(parent: Deno.lint.Node): boolean {
  return parent.type === "MemberExpression" && !parent.computed &&
    parent.property.type === "Identifier" && parent.property.name !== "random";
}
