import type { Equivalent } from "../equivalent.ts";

/** Of `core/feature`. */
export const featureEquivalents: readonly Equivalent[] = [
  {
    file: "core/feature/compile_feature.ts",
    within: "constantFeature",
    before: "return { key, slot, first: null, asks: false, byDefault };",
    after: "return { key, slot, first: null, asks: true, byDefault };",
    reason: "a feature without rules is not on the stack; looking is slower",
  },
  {
    file: "core/feature/condition_dependencies.ts",
    within: "addAttribute",
    before: 'attributes?.add(path.split(".", 1)[0]!);',
    after: 'attributes?.add(path.split(".", 2)[0]!);',
    reason: "the first name of a path is the same, however many are split off",
  },
  {
    file: "core/feature/condition_dependencies.ts",
    within: "readConditionDependencies",
    before:
      "const way = !isRoot ? inside : reads.attributes === null ? ofValue : ofUser;",
    after:
      "const way = !isRoot ? inside : reads.attributes !== null ? ofValue : ofUser;",
    reason: "the ways only have to differ",
  },
  {
    file: "core/feature/condition_dependencies.ts",
    within: "inside",
    before: "const inside = 1;",
    after: "const inside = 2;",
    reason: "what is read inside has all that is read of a parent's value",
  },
  {
    file: "core/feature/condition_dependencies.ts",
    within: "ofValue",
    before: "const ofValue = 2;",
    after: "const ofValue = 3;",
    reason: "what is read inside has all that is read of a parent's value",
  },
  {
    file: "core/feature/condition_dependencies.ts",
    within: "ofValue",
    before: "const ofValue = 2;",
    after: "const ofValue = (1);",
    reason: "what is read inside has all that is read of a parent's value",
  },
  {
    file: "core/feature/evaluate_feature.ts",
    within: "maxPrerequisiteDepth",
    before: "export const maxPrerequisiteDepth = 256;",
    after: "export const maxPrerequisiteDepth = 257;",
    reason: "the limit need not be exact",
  },
  {
    file: "core/feature/evaluate_feature.ts",
    within: "maxPrerequisiteDepth",
    before: "export const maxPrerequisiteDepth = 256;",
    after: "export const maxPrerequisiteDepth = (255);",
    reason: "the limit need not be exact",
  },
  {
    file: "core/feature/evaluate_feature.ts",
    within: "evaluateFeature",
    before: "if (mayAsk || depth > maxPrerequisiteDepth) {",
    after: "if (mayAsk || depth >= maxPrerequisiteDepth) {",
    reason:
      "a feature that asks for no parent is not on the stack; looking is slower",
  },
  {
    file: "core/feature/feature_store.ts",
    within: "latest",
    before: "isInOrder: false,",
    after: "isInOrder: true,",
    reason: "before the first feature there is none to expect",
  },
  {
    file: "core/feature/feature_store.ts",
    within: "findAsked",
    before:
      "if (expected?.key === key) { latest.slot = expected.slot; return expected; }",
    after: ";",
    reason: "the feature is found by its key as well, more slowly",
  },
  {
    file: "core/feature/feature_store.ts",
    within: "findFeature",
    before: "while (followers.length <= feature.slot) followers.push(null);",
    after: "while (followers.length < feature.slot) followers.push(null);",
    reason: "the place after the last is made where it is set",
  },
  {
    file: "core/feature/feature_store.ts",
    within: "latest",
    before: "turn: 1,",
    after: "turn: 2,",
    reason: "turns only have to differ",
  },
];
