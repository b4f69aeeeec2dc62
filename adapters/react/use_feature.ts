"use client";
import { useEffect, useSyncExternalStore } from "react";
import type { AnyFeatures, ValueOf } from "../../core/types/context.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { FeatureResult } from "../../core/types/result.ts";
import { useReads } from "./flags_provider.ts";
import { storesOf } from "./stores.ts";

/**
 * Gives a feature's result: its value and where that came from, the same object until it changes. The
 * component renders again when the result changes, and at no other time. Once it is on the screen, the
 * exposures that led to it are recorded; what is rendered and thrown away records nothing. A feature that
 * does not exist has the value null, and so has every feature before the first payload.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFeature } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Source() {
 *   return useFeature("chat").source;
 * }
 * const client = testClient({ features: { chat: true } });
 * const page = createElement(FlagsProvider, { client }, createElement(Source));
 * assertEquals(renderToString(page), "defaultValue");
 * await client.close();
 * ```
 */
export function useFeature(key: string): FeatureResult<JsonValue> {
  const reads = useReads();
  const { subscribe, read, readFirst } = storesOf(reads).feature(key);
  const result = useSyncExternalStore(subscribe, read, readFirst);
  // An effect runs only for what is on the screen. The result stands for its exposures: where it has
  // changed, there may be new ones, which are recorded once they show.
  useEffect(() => {
    if (read() === result) reads.isOn(key);
  }, [reads, key, result]);
  return result;
}

/**
 * Tells whether a feature's value is truthy. It renders and records as {@linkcode useFeature} does.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFeatureIsOn } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Help() {
 *   return useFeatureIsOn("chat") ? "Chat with us" : "Write to us";
 * }
 * const client = testClient({ features: { chat: false } });
 * const page = createElement(FlagsProvider, { client }, createElement(Help));
 * assertEquals(renderToString(page), "Write to us");
 * await client.close();
 * ```
 */
export function useFeatureIsOn(key: string): boolean {
  return useFeature(key).on;
}

/**
 * Gives a feature's value, or the fallback where that is null. It renders and records as
 * {@linkcode useFeature} does.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFeatureValue } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Banner() {
 *   return useFeatureValue("banner", "Hello");
 * }
 * const client = testClient({ features: { banner: "Welcome" } });
 * const page = createElement(FlagsProvider, { client }, createElement(Banner));
 * assertEquals(renderToString(page), "Welcome");
 * await client.close();
 * ```
 */
export function useFeatureValue<Fallback>(
  key: string,
  fallback: Fallback,
): ValueOf<AnyFeatures, string, Fallback> {
  return (useFeature(key).value ?? fallback) as never;
}
