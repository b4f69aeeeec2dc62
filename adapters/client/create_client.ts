import type { AnyFeatures } from "../../core/types/context.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type { Client } from "./client.ts";
import type { ClientOptions } from "./client_options.ts";
import { createCore } from "./create_core.ts";
import { createLife } from "./create_life.ts";
import { createReads } from "./reads/create_reads.ts";
import { createStreams } from "./streams/create_streams.ts";
import { createUsers } from "./reads/create_users.ts";

/**
 * Makes a client: it takes payloads from a source, and gives values and events.
 *
 * Give it the types of your features, `createClient<AppFeatures>(…)`, and keys and fallbacks are
 * checked. With `fixedSource(payload)` as the source it is ready at once; otherwise `ready()` waits for
 * the first payload. Close it when you are done.
 *
 * Throws a `TypeError` where there is no source. Nothing else in the options makes it throw: what is
 * wrong with a payload, a store or a callback is told by `status$`, `events$` and `onError`.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * interface AppFeatures {
 *   banner: string;
 * }
 * const rules = [{ condition: { country: "fr" }, force: "Bienvenue" }];
 * const client = createClient<AppFeatures>({
 *   source: fixedSource({ features: { banner: { defaultValue: "Welcome", rules } } }),
 *   attributes: { country: "fr" },
 * });
 * assertEquals(client.getFeatureValue("banner", "Hello"), "Bienvenue");
 *
 * const banners: string[] = [];
 * client.value$("banner", "Hello").subscribe((banner) => banners.push(banner));
 * client.updateAttributes({ country: "de" });
 * assertEquals(banners, ["Bienvenue", "Welcome"]);
 *
 * await client.close();
 * ```
 */
export function createClient<Features extends object = AnyFeatures>(
  options: ClientOptions,
): Client<Features> {
  checkSource(options);
  const core = createCore(options);
  const reads = createReads(core.scope, core.recorder);
  const streams = createStreams(core);
  const users = createUsers(core);
  const { add } = core;
  const life = createLife(core);
  return {
    ...reads,
    runExperiment: (experiment) => {
      const result = reads.runExperiment(experiment);
      core.ran(experiment as Experiment);
      return result;
    },
    ...streams,
    ...users,
    ...life,
    setAttributes: (attributes) =>
      add({ type: "attributes", attributes: { ...attributes } }),
    updateAttributes: (attributes) =>
      add({ type: "update", attributes: { ...attributes } }),
    setUrl: (url) => add({ type: "url", url }),
    setForcedVariations: (forced) =>
      add({ type: "variations", forced: { ...forced } }),
    setForcedFeatureValues: (forced) =>
      add({ type: "values", forced: { ...forced as object } }),
  } as Client<object> as Client<Features>;
}

function checkSource(options: Partial<ClientOptions> | undefined): void {
  const source: Partial<ClientOptions["source"]> | null | undefined = options
    ?.source;
  if (typeof source?.subscribe === "function") return;
  throw new TypeError(
    `Cannot make a client without a source of payloads: the current value is ${
      source === null || source === undefined ? source : `a ${typeof source}`
    }`,
  );
}
