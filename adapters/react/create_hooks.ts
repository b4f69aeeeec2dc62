"use client";
import type { FunctionComponent } from "react";
import type { FallbackOf, ValueOf } from "../../core/types/context.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../core/types/result.ts";
import type { Client } from "../client/client.ts";
import type { ClientStatus } from "../client/client_status.ts";
import type { FeatureReads } from "../client/reads/feature_reads.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";
import { Feature, type FeatureProps } from "./feature.ts";
import { FlagsProvider, type FlagsProviderProps } from "./flags_provider.ts";
import { useExperiment } from "./use_experiment.ts";
import { useFeature, useFeatureIsOn, useFeatureValue } from "./use_feature.ts";
import { useFeatureSuspense } from "./use_feature_suspense.ts";
import { useFlagsClient, useFlagsStatus, useTrack } from "./use_flags.ts";

/** The hooks and components of an application whose features are known: keys and fallbacks are checked. */
export interface Hooks<Features extends object> {
  /** `FlagsProvider`, for a client of these features. */
  readonly FlagsProvider: FunctionComponent<
    FlagsProviderProps<Client<Features> | FeatureReads<Features>>
  >;
  /** `Feature`, for these features. */
  readonly Feature: <Key extends keyof Features & string>(
    props: FeatureProps<Key, Features[Key]>,
  ) => ReturnType<typeof Feature>;
  /** Tells whether a feature's value is truthy. */
  readonly useFeatureIsOn: (key: keyof Features & string) => boolean;
  /** Gives a feature's value, or the fallback where that is null. */
  readonly useFeatureValue: <
    Key extends keyof Features & string,
    Fallback extends FallbackOf<Features, Key>,
  >(
    key: Key,
    fallback: Fallback,
  ) => ValueOf<Features, Key, Fallback>;
  /** Gives a feature's result. */
  readonly useFeature: <Key extends keyof Features & string>(
    key: Key,
  ) => FeatureResult<Features[Key]>;
  /** Gives a feature's result once the client is ready; `Suspense` shows its fallback until then. */
  readonly useFeatureSuspense: <Key extends keyof Features & string>(
    key: Key,
    limit?: TimeoutOptions,
  ) => FeatureResult<Features[Key]>;
  /** Runs an inline experiment. */
  readonly useExperiment: <Value>(
    experiment: Experiment<Value>,
  ) => ExperimentResult<Value>;
  /** Tells how the client fares. */
  readonly useFlagsStatus: () => ClientStatus;
  /** Gives `logEvent` of the client. */
  readonly useTrack: () => FeatureReads["logEvent"];
  /** Gives the client. */
  readonly useFlagsClient: () => Client<Features>;
}

/**
 * Gives the hooks and components with the types of an application's features, so that no call has to name
 * them. They are those that `@growthstream/sdk/react` exports, whatever the types: call it once, in a module
 * of your own, and import the hooks from there.
 *
 * @example
 * ```ts
 * import { createHooks } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * interface AppFeatures {
 *   readonly banner: string;
 *   readonly chat: boolean;
 * }
 * const { FlagsProvider, useFeatureValue } = createHooks<AppFeatures>();
 *
 * function Banner() {
 *   return useFeatureValue("banner", "Hello");
 * }
 * const client = testClient<AppFeatures>({ features: { banner: "Welcome" } });
 * const page = createElement(FlagsProvider, { client }, createElement(Banner));
 * assertEquals(renderToString(page), "Welcome");
 * await client.close();
 * ```
 */
export function createHooks<Features extends object>(): Hooks<Features> {
  return hooks as unknown as Hooks<Features>;
}

const hooks = {
  FlagsProvider,
  Feature,
  useFeatureIsOn,
  useFeatureValue,
  useFeature,
  useFeatureSuspense,
  useExperiment,
  useFlagsStatus,
  useTrack,
  useFlagsClient,
};
