import type { Equivalent } from "../equivalent.ts";

/** Of `core/experiment`. */
export const experimentEquivalents: readonly Equivalent[] = [
  {
    file: "core/experiment/compile_experiment.ts",
    within: "chainSpans",
    before:
      "return attempt(() => { const spans = listSpans(compileBucketing(viewed, base)); return spans.reduceRight<VariationSpan |…",
    after: "return null;",
    reason:
      "without spans all the gates are taken, which give the same, more slowly",
  },
  {
    file: "core/experiment/compile_experiment.ts",
    within: "chainSpans",
    before: "const result = settledResult({ viewed, featureId }, found, 0);",
    after: "const result = settledResult({ viewed, featureId }, found, 1);",
    reason: "of the bucket nothing is taken but that there is one",
  },
  {
    file: "core/experiment/compile_experiment.ts",
    within: "chainSpans",
    before: "const result = settledResult({ viewed, featureId }, found, 0);",
    after: "const result = settledResult({ viewed, featureId }, found, (-1));",
    reason: "of the bucket nothing is taken but that there is one",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passUsual",
    before: "let bucket = 0;",
    after: "let bucket = 1;",
    reason: "each experiment has a step that finds the bucket",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passUsual",
    before: "let bucket = 0;",
    after: "let bucket = (-1);",
    reason: "each experiment has a step that finds the bucket",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passUsual",
    before: "if (chosen === null) return false;",
    after: ";",
    reason:
      "to report no variation throws, and stops the user as well; an explanation takes all the gates",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passUsual",
    before: "if (chosen === null) return false;",
    after: "if (chosen === null) return true;",
    reason: "what is no result counts as none, whatever it is",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passUsual",
    before: "if (verdict !== true) return verdict;",
    after: "if (verdict !== true) return undefined;",
    reason: "what is no result counts as none, whatever it is",
  },
  {
    file: "core/experiment/run_compiled.ts",
    within: "isUnforced",
    before:
      "return !url || getQueryStringOverride(key, url, variations.length) === null;",
    after: "return false;",
    reason: "all the gates give the same, more slowly",
  },
  {
    file: "core/experiment/run_compiled.ts",
    within: "isUnforced",
    before:
      "return !url || getQueryStringOverride(key, url, variations.length) === null;",
    after:
      "return !url && getQueryStringOverride(key, url, variations.length) === null;",
    reason: "all the gates give the same, more slowly",
  },
  {
    file: "core/experiment/run_compiled.ts",
    within: "applyOverrides",
    before: "if (!found) return base;",
    after: ";",
    reason: "an experiment that nothing is laid over stays as it is",
  },
  {
    file: "core/experiment/run_inline.ts",
    within: "runSafely",
    before: "return false;",
    after: "return true;",
    reason: "what is no result counts as none, whatever it is",
  },
  {
    file: "core/experiment/unkept.ts",
    within: "unkept",
    before: "variation: -1,",
    after: "variation: -2,",
    reason: "any number below 0 is no variation",
  },
  {
    file: "core/experiment/unkept.ts",
    within: "unkept",
    before: "isSticky: false,",
    after: "isSticky: true,",
    reason: "no gate on the way asks how far a user has come",
  },
  {
    file: "core/experiment/unkept.ts",
    within: "unkept",
    before: "isBlocked: false,",
    after: "isBlocked: true,",
    reason: "no gate on the way asks how far a user has come",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passExperiment",
    before: "variation: -1,",
    after: "variation: -2,",
    reason: "any number below 0 is no variation",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passExperiment",
    before: "bucket: 0,",
    after: "bucket: 1,",
    reason:
      "each experiment has a step that finds the bucket, or decides before it",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passExperiment",
    before: "bucket: 0,",
    after: "bucket: (-1),",
    reason:
      "each experiment has a step that finds the bucket, or decides before it",
  },
  {
    file: "core/experiment/pass_gates.ts",
    within: "passUsual",
    before: 'if (hashValue === "") return false;',
    after: 'if (hashValue === "") return true;',
    reason: "what is no result counts as none, whatever it is",
  },
];
