import { corePath } from "./core_path.ts";

/** A rule for the files of `core/` alone; `path` is relative to `core/`. */
export function coreRule(
  create: (
    context: Deno.lint.RuleContext,
    path: string,
  ) => Deno.lint.LintVisitor,
): Deno.lint.Rule {
  return {
    create(context) {
      const path = corePath(context.filename);
      return path === undefined ? {} : create(context, path);
    },
  };
}
