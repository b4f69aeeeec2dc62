"use client";
// What runs where components do. The npm package keeps this module a file of its own, since everything
// in a file that begins with "use client" is out of reach for the code of a server component.
export { createHooks, type Hooks } from "./create_hooks.ts";
export { Feature, type FeatureProps } from "./feature.ts";
export {
  FlagsProvider,
  type FlagsProviderProps,
  type ProvidedClient,
} from "./flags_provider.ts";
export { useExperiment } from "./use_experiment.ts";
export { useFeature, useFeatureIsOn, useFeatureValue } from "./use_feature.ts";
export { useFeatureSuspense } from "./use_feature_suspense.ts";
export { useFlagsClient, useFlagsStatus, useTrack } from "./use_flags.ts";
