"use client";
import type { JsonValue } from "../../core/types/json.ts";
import type { FeatureResult } from "../../core/types/result.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";
import { useReads } from "./flags_provider.ts";
import { storesOf } from "./stores.ts";
import { useFeature } from "./use_feature.ts";

/** For how long a client is waited for, in milliseconds, unless it is told otherwise. */
const defaultTimeout = 10_000;

/**
 * Gives what {@linkcode useFeature} gives, once the client has what it needs for an answer: until then the
 * nearest `Suspense` shows its fallback. The wait ends with `client.ready({ timeout })`, so after the
 * timeout, 10,000 ms by default, and where the source has given up, the component renders with what there
 * is. All components below one client share one wait, with the timeout of the first; a client that was
 * ready once is not waited for again. A user's view never waits.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFeatureSuspense } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement, Suspense } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Help() {
 *   return useFeatureSuspense("chat").on ? "Chat with us" : "Write to us";
 * }
 * const client = testClient({ features: { chat: true } });
 * const help = createElement(Suspense, { fallback: "…" }, createElement(Help));
 * const page = createElement(FlagsProvider, { client }, help);
 * assertEquals(renderToString(page).includes("Chat with us"), true);
 * await client.close();
 * ```
 */
export function useFeatureSuspense(
  key: string,
  { timeout = defaultTimeout }: TimeoutOptions = {},
): FeatureResult<JsonValue> {
  const wait = storesOf(useReads()).wait({ timeout });
  // React 18 and 19 alike wait for a promise that is thrown, as long as it is the same one each time.
  if (wait !== null) throw wait;
  return useFeature(key);
}
