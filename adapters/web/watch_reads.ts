import type { FeatureReads } from "../client/reads/feature_reads.ts";

/** Gives the same reads, with something that is done after each call that may record. */
export function watchReads<Features extends object>(
  reads: FeatureReads<Features>,
  after: () => void,
): FeatureReads<Features> {
  const watch = <Parameters extends readonly unknown[], Result>(
    read: (...parameters: Parameters) => Result,
  ) =>
  (...parameters: Parameters): Result => {
    const result = read(...parameters);
    after();
    return result;
  };
  const { isOn, isOff, evalFeature, getFeatureValue, runExperiment } = reads;
  return {
    ...reads,
    logEvent: watch(reads.logEvent),
    isOn: watch(isOn),
    isOff: watch(isOff),
    evalFeature: watch(evalFeature) as typeof evalFeature,
    getFeatureValue: watch(getFeatureValue) as typeof getFeatureValue,
    runExperiment: watch(runExperiment) as typeof runExperiment,
  };
}
