import type {
  AnyFeatures,
  Context,
  FallbackOf,
  ValueOf,
} from "../../../core/types/context.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../../core/types/result.ts";
import type { ExposureIdentity } from "../recording/decisions/exposure_marks.ts";

/**
 * Synchronous reads for a user. They never wait and never throw: before the first payload, and
 * while sticky buckets that a feature needs are being loaded, a feature counts as unknown.
 */
export interface FeatureReads<Features extends object = AnyFeatures> {
  /** Tells whether a feature's value is truthy. Records. */
  readonly isOn: (key: keyof Features & string) => boolean;
  /** Tells whether a feature's value is falsy. Records. */
  readonly isOff: (key: keyof Features & string) => boolean;
  /** Gives a feature's value, or the fallback where that is null. Records. */
  readonly getFeatureValue: <
    Key extends keyof Features & string,
    Fallback extends FallbackOf<Features, Key>,
  >(
    key: Key,
    fallback: Fallback,
  ) => ValueOf<Features, Key, Fallback>;
  /**
   * Gives a feature's value and where it came from; the same object until that changes. Records.
   */
  readonly evalFeature: <Key extends keyof Features & string>(
    key: Key,
  ) => FeatureResult<Features[Key]>;
  /** Runs an inline experiment. Records. */
  readonly runExperiment: <Value>(
    experiment: Experiment<Value>,
  ) => ExperimentResult<Value>;
  /** Gives what `evalFeature` gives, without recording. */
  readonly peek: <Key extends keyof Features & string>(
    key: Key,
  ) => FeatureResult<Features[Key]>;
  /** Gives what `runExperiment` gives, without recording; a new object each time. */
  readonly peekExperiment: <Value>(
    experiment: Experiment<Value>,
  ) => ExperimentResult<Value>;
  /**
   * Gives the exposures that a feature's value stands for now, of those that were recorded for this user
   * and are remembered: what a page that shows the value need not record again. Records nothing.
   */
  readonly recorded: (
    key: keyof Features & string,
  ) => readonly ExposureIdentity[];
  /**
   * Gives what evaluations read, for the functions of the core, which record nothing:
   * `explainFeature(client.snapshot(), key)` tells why a feature has its value.
   */
  readonly snapshot: () => Context<Features>;
  /**
   * Records an event of the application. A property that is not JSON is written as `JSON.stringify`
   * writes it, a big integer as its text, or is left out; `onError` is called with its name.
   */
  readonly logEvent: (name: string, properties?: JsonObject) => void;
}
