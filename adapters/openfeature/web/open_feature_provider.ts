import {
  ErrorCode,
  type EvaluationContext,
  type Logger,
  OpenFeatureEventEmitter,
  ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
  type ResolutionDetails,
} from "@openfeature/web-sdk";
import type { AnyFeatures } from "../../../core/types/context.ts";
import { readDetails } from "../mapping/read_details.ts";
import type { FlagType } from "../mapping/resolve_value.ts";
import { createProviderLife } from "../provider/create_provider_life.ts";
import { createResolver } from "../provider/create_resolver.ts";
import type { WebClient } from "../provider/provided_client.ts";
import {
  type ProviderOptions,
  readOptions,
  refuseClient,
} from "../provider/provider_options.ts";
import { createOutlets, withCode } from "../provider/sdk_words.ts";
import { createPageUser } from "./create_page_user.ts";
import { createResultFollower } from "./follow_results.ts";
import type { WebProvider } from "./sdk_provider.ts";

const words = {
  events: ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
};

/**
 * Makes a provider for the web SDK of OpenFeature. The context of OpenFeature becomes the client's
 * attributes, `targetingKey` the attribute `id`; attributes that the client was made with stay beneath
 * them. Evaluations are synchronous, and so is a change of the context: nothing flashes in between.
 * Exposures are recorded as those of the client's own reads.
 *
 * `PROVIDER_CONFIGURATION_CHANGED` names the flags that another payload concerns, and those whose
 * results change for a reason other than the context, such as forced values or another URL. What
 * `initialize` rejects with, and what the options are, is the same as for servers.
 *
 * @example
 * ```ts
 * import { OpenFeature } from "@openfeature/web-sdk";
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { openFeatureProvider } from "@growthstream/sdk/openfeature-web";
 * import { assertEquals } from "@std/assert";
 *
 * const rules = [{ condition: { country: "fr" }, force: "Bienvenue" }];
 * const source = fixedSource({ features: { banner: { defaultValue: "Welcome", rules } } });
 * const client = createClient({ source });
 * await OpenFeature.setProviderAndWait("page", openFeatureProvider(client), { country: "fr" });
 * const flags = OpenFeature.getClient("page");
 * assertEquals(flags.getStringValue("banner", ""), "Bienvenue");
 *
 * await OpenFeature.setContext("page", { country: "de" });
 * assertEquals(flags.getStringValue("banner", ""), "Welcome");
 * await OpenFeature.close();
 * await client.close();
 * ```
 */
export function openFeatureProvider<Features extends object = AnyFeatures>(
  client: WebClient<Features>,
  options: ProviderOptions = {},
): WebProvider {
  refuseClient(client);
  const settings = readOptions(options);
  const page = client as unknown as WebClient;
  const events = new OpenFeatureEventEmitter();
  const outlets = createOutlets(
    words,
    (event, details) => events.emit(event, details),
  );
  const results = createResultFollower(page, outlets.tellChanges);
  const life = createProviderLife(page, settings, {
    ...outlets,
    tellChanges: results.add,
  });
  const user = createPageUser(page, settings.targetingKeyAttribute);
  const resolver = createResolver(settings, life.status);
  const resolve = (type: FlagType) =>
  <Value>(
    key: string,
    defaultValue: Value,
    context: EvaluationContext,
    logger: Logger,
  ): ResolutionDetails<Value> => {
    const found = user.find(context);
    const question = { key, type, defaultValue, logger };
    return withCode(resolver(found.reads, found.user, question), ErrorCode);
  };
  return {
    metadata: { name: "growthstream" },
    runsOn: "client",
    events,
    initialize: (context = {}) => {
      user.apply(context);
      results.start();
      return life.initialize();
    },
    onContextChange: (_, context) => {
      results.quietly(() => user.apply(context));
      life.remind();
    },
    onClose: () => {
      results.stop();
      return life.close();
    },
    resolveBooleanEvaluation: resolve("boolean"),
    resolveStringEvaluation: resolve("string"),
    resolveNumberEvaluation: resolve("number"),
    resolveObjectEvaluation: resolve("object"),
    track: (name, context, details) => {
      if (!settings.tracking) return;
      user.find(context).reads.logEvent(name, readDetails(details));
    },
  };
}
