"use client";
import { useSyncExternalStore } from "react";
import type { AnyFeatures } from "../../core/types/context.ts";
import type { Client } from "../client/client.ts";
import type { ClientStatus } from "../client/client_status.ts";
import type { FeatureReads } from "../client/reads/feature_reads.ts";
import { useReads } from "./flags_provider.ts";
import { storesOf } from "./stores.ts";

/**
 * Tells how the client fares, and renders again when that changes: `{ status, code, reason, retryIn }`, as
 * `status$` gives it. A user's view has no status of its own and counts as ready.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFlagsStatus } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Status() {
 *   return useFlagsStatus().status;
 * }
 * const client = testClient();
 * const page = createElement(FlagsProvider, { client }, createElement(Status));
 * assertEquals(renderToString(page), "ready");
 * await client.close();
 * ```
 */
export function useFlagsStatus(): ClientStatus {
  const { subscribe, read, readFirst } = storesOf(useReads()).status;
  return useSyncExternalStore(subscribe, read, readFirst);
}

/**
 * Gives `logEvent` of the client, for event handlers and effects: `track("order.placed", { total: 9 })`.
 * It is the same function each time, and the component never renders again because of it.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useTrack } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * const seen: unknown[] = [];
 * function Button() {
 *   seen.push(useTrack());
 *   return "Order";
 * }
 * const client = testClient();
 * renderToString(createElement(FlagsProvider, { client }, createElement(Button)));
 * assertEquals(seen, [client.logEvent]);
 * await client.close();
 * ```
 */
export function useTrack(): FeatureReads["logEvent"] {
  return useReads().logEvent;
}

/**
 * Gives the client of the nearest provider, for event handlers and effects: `setAttributes`, `refresh`,
 * `pauseTracking`. The component never renders again because of it. Where the provider was given a user's
 * view, as on a server, it is that view, and has its reads alone.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFlagsClient } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * const seen: unknown[] = [];
 * function Login() {
 *   seen.push(useFlagsClient());
 *   return "Log in";
 * }
 * const client = testClient();
 * renderToString(createElement(FlagsProvider, { client }, createElement(Login)));
 * assertEquals(seen, [client]);
 * await client.close();
 * ```
 */
export function useFlagsClient<
  Features extends object = AnyFeatures,
>(): Client<Features> {
  return useReads() as unknown as Client<Features>;
}
