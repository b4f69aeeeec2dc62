import {
  evalFeature,
  type Experiment,
  type FeatureRule,
  runExperiment,
} from "../../mod.ts";

/** The fields of an experiment that a law is about. */
export type Fields = Partial<Experiment>;

/** Makes an experiment of at least two variations, whose values are their numbers. */
export function makeExperiment(fields: Fields): Experiment {
  const count = fields.weights?.length ?? 2;
  const variations = Array.from({ length: count }, (_, index) => index);
  return { key: "experiment", variations, ...fields };
}

/** Gives the variation of a user; null for who is not in. */
export function assign(fields: Fields): (id: string) => number | null {
  const experiment = makeExperiment(fields);
  return (id) => {
    const result = runExperiment({ attributes: { id } }, experiment);
    return result.inExperiment ? result.variationId : null;
  };
}

/** Tells whether a user is in an experiment. */
export function isIn(fields: Fields, id: string): boolean {
  return assign(fields)(id) !== null;
}

/** Tells whether a user gets the value that a rule rolls out. */
export function rollOut(
  key: string,
  rule: FeatureRule,
): (id: string) => boolean {
  const features = { [key]: { rules: [{ force: true, ...rule }] } };
  return (id) => evalFeature({ features, attributes: { id } }, key).on;
}

/** Sorts numbers. */
export function inOrder<Numbers extends readonly number[]>(
  numbers: Numbers,
): Numbers {
  return numbers.toSorted((left, right) => left - right) as unknown as Numbers;
}
