import type {
  Context,
  Experiment,
  FeatureRule,
  GateExplanation,
  RuleExplanation,
  SkipReason,
} from "../../mod.ts";

/** A rule that is the only one of its feature, and the context that it is tried in. */
export interface Trial {
  /** The context, without the rule. */
  readonly context: Context;
  /** The key of the feature. */
  readonly key: string;
  /** The rule. */
  readonly rule: FeatureRule;
}

/** The reasons why a rule of a feature may not give its value. */
export type RuleSkipReason = Exclude<SkipReason, typeof inlineReasons[number]>;

/** The reasons that only an inline experiment can have: JSON holds no functions. */
export const inlineReasons = ["include"] as const;

/** Changes the one thing that an explanation names, so that it stops nobody any more. */
export type Remedy = (trial: Trial, explained: RuleExplanation) => Trial;

/** What to change for each reason. */
export const remedies: { readonly [Reason in RuleSkipReason]: Remedy } = {
  malformed: (trial) => ({ ...trial, rule: { force: true } }),
  condition: emptying({ condition: {} }),
  prerequisite: emptying({ parentConditions: [] }),
  prerequisiteGate: emptying({ parentConditions: [] }),
  cyclicPrerequisite: emptying({ parentConditions: [] }),
  filter: emptying({ filters: [] }),
  namespace: without("namespace"),
  noHashValue: (trial, explained) => {
    const { expected, hashes } = lastGate(explained);
    return withAttribute(trial, hashes?.[0]?.attribute ?? String(expected));
  },
  unknownHashVersion: (trial) => withFields(trial, { hashVersion: 2 }),
  coverage: without(
    ...["coverage", "range", "ranges", "weights"] as const,
    "contextualBanditRef",
  ),
  noVariations: (trial) => withFields(trial, { variations: [0, 1] }),
  tooFewVariations: (trial) =>
    withFields(without("contextualVariations")(trial), { variations: [0, 1] }),
  disabled: (trial) => withContext(trial, { enabled: true }),
  url: (trial, explained) =>
    without(lastGate(explained).gate === "url" ? "url" : "urlPatterns")(trial),
  draft: without("status"),
  inactive: without("active"),
  group: without("groups"),
  stickyVersionBlocked: without("minBucketVersion"),
  variationOutOfRange: (trial, explained) => {
    switch (lastGate(explained).gate) {
      case "forcedVariation":
        return withContext(trial, { forcedVariations: {} });
      case "force":
        return without("force")(trial);
      default:
        return withEnoughVariations(trial);
    }
  },
  qaMode: (trial) => withContext(trial, { qaMode: false }),
  stopped: without("status"),
  passthrough: (trial) => ({
    ...overriding(trial, withoutPassthrough),
    rule: withoutPassthrough(trial.rule),
  }),
};

/** Gives the gate that an explanation ends with. */
export function lastGate({ gates }: RuleExplanation): GateExplanation {
  return gates.at(-1)!;
}

type FieldName = keyof FeatureRule | keyof Experiment;

/** Removes fields from the rule, and from what the context's overrides make of its experiment. */
function without(...names: readonly FieldName[]): (trial: Trial) => Trial {
  const strip = <Fields extends object>(fields: Fields) =>
    Object.fromEntries(
      Object.entries(fields).filter(([name]) =>
        !(names as readonly string[]).includes(name)
      ),
    ) as Fields;
  return (trial) => ({
    ...overriding(trial, strip),
    // Whether a rule forces a value is what kind of rule it is.
    rule: names.includes("force") ? trial.rule : strip(trial.rule),
  });
}

/** Replaces fields where they are: a rule and an override of its experiment may both have them. */
function emptying(empty: FeatureRule): (trial: Trial) => Trial {
  const names = Object.keys(empty);
  const replace = <Fields extends object>(fields: Fields): Fields =>
    names.every((name) => Object.hasOwn(fields, name))
      ? { ...fields, ...empty }
      : fields;
  return (trial) => ({
    ...overriding(trial, replace),
    rule: replace(trial.rule),
  });
}

function withoutPassthrough<Fields extends Pick<Experiment, "meta">>(
  fields: Fields,
): Fields {
  const meta = fields.meta?.map(({ passthrough: _, ...rest }) => rest);
  return meta === undefined ? fields : { ...fields, meta };
}

function withFields(trial: Trial, fields: FeatureRule): Trial {
  return {
    ...overriding(trial, (override) => ({ ...override, ...fields })),
    rule: { ...trial.rule, ...fields },
  };
}

// Ranges and meta, which sticky buckets go by, may list more variations than there are.
function withEnoughVariations(trial: Trial): Trial {
  const { contextualVariations, variations = [] } = trial.rule;
  const values = [...contextualVariations ?? variations];
  while (values.length < 10) values.push(true);
  return withFields(without("contextualVariations")(trial), {
    variations: values,
  });
}

function withContext(trial: Trial, fields: Partial<Context>): Trial {
  return { ...trial, context: { ...trial.context, ...fields } };
}

function withAttribute(trial: Trial, name: string): Trial {
  const { attributes, attributeOverrides } = trial.context;
  const value = { [name]: "somebody" };
  return withContext(trial, {
    attributes: { ...attributes, ...value },
    ...attributeOverrides === undefined
      ? {}
      : { attributeOverrides: { ...attributeOverrides, ...value } },
  });
}

function overriding(
  trial: Trial,
  change: (override: object) => object,
): Trial {
  const { context, key, rule } = trial;
  const experimentKey = rule.key || key;
  const override = context.overrides?.[experimentKey];
  if (override === undefined) return trial;
  const overrides = { ...context.overrides, [experimentKey]: change(override) };
  return withContext(trial, { overrides });
}
