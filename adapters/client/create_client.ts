import type { AnyFeatures } from "../../core/types/context.ts";
import { readSafely } from "../../core/payload/read/read_safely.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import { createErrorReport } from "../support/create_error_report.ts";
import type { Client } from "./client.ts";
import type { ClientOptions, HydratedOptions } from "./client_options.ts";
import { createCore } from "./create_core.ts";
import { createLife } from "./create_life.ts";
import { createHydratedReads } from "./hydration/create_hydrated_reads.ts";
import { startLog } from "./log/start_log.ts";
import { createMisuseReport } from "./inputs/create_misuse_report.ts";
import { createSetters } from "./inputs/create_setters.ts";
import { readOptions } from "./inputs/read_options.ts";
import { createInlineExperiments } from "./reads/create_inline_experiments.ts";
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
 * Throws a `TypeError` where there is no source, unless there is a server's page to hydrate. Nothing else
 * in the options makes it throw: what is wrong with a payload, a store or a callback is told by
 * `status$`, `events$` and `onError`.
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
  options: ClientOptions | HydratedOptions,
): Client<Features> {
  const log = readFunction(options, "log");
  const told = readFunction(options, "onError");
  const print = (error: unknown) => console.error(error);
  const entries = log &&
    startLog(log, createErrorReport(told ?? print));
  const handle = told ?? (log ? () => {} : print);
  const onError = createErrorReport<unknown>((error) => {
    entries?.add(error);
    return handle(error);
  });
  const tell = createMisuseReport(onError);
  const core = createCore(readOptions(options, tell), onError, tell);
  const inline = createInlineExperiments();
  const reads = createReads(core.scope, core);
  const client = {
    ...reads,
    runExperiment: (experiment: Experiment) => {
      const result = reads.runExperiment(experiment);
      if (inline.add(experiment)) core.keeper.later(core.keeper.late.notify);
      return result;
    },
    ...createStreams(core, inline.byKey),
    ...createUsers(core),
    ...createLife(core),
    ...createHydratedReads(core.hydration, reads.peek),
    ...createSetters(core.keeper.add, tell),
  } as unknown as Client<Features>;
  entries?.follow(client, core.options);
  return client;
}

function readFunction(
  options: unknown,
  name: "onError" | "log",
): ((value: unknown) => unknown) | null {
  const given = readSafely(Object(options), name);
  return typeof given === "function"
    ? given as (value: unknown) => unknown
    : null;
}
