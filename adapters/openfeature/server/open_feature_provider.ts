import {
  ErrorCode,
  type EvaluationContext,
  type Logger,
  OpenFeatureEventEmitter,
  ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
  type ResolutionDetails,
} from "@openfeature/server-sdk";
import type { AnyFeatures } from "../../../core/types/context.ts";
import { readAttributes } from "../mapping/read_attributes.ts";
import { readDetails } from "../mapping/read_details.ts";
import type { FlagType } from "../mapping/resolve_value.ts";
import { createProviderLife } from "../provider/create_provider_life.ts";
import { createResolver } from "../provider/create_resolver.ts";
import type { ServerClient } from "../provider/provided_client.ts";
import {
  type ProviderOptions,
  readOptions,
  refuseClient,
} from "../provider/provider_options.ts";
import { createOutlets, withCode } from "../provider/sdk_words.ts";
import { createUserMemory } from "./create_user_memory.ts";
import type { ServerProvider } from "./sdk_provider.ts";

const words = {
  events: ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
};

/**
 * Makes a provider for the server SDK of OpenFeature. Each evaluation is for the user of its context:
 * `targetingKey` becomes the attribute `id`, sticky buckets are loaded where the client has a store of
 * them, and exposures are recorded as those of the client's own reads. One provider serves all users,
 * and may be bound to several domains. What was loaded of a user counts for a second, so that the flags of
 * one request have it loaded once.
 *
 * `initialize` rejects where there is nothing to serve: with `PROVIDER_FATAL` where the server refuses
 * the client's key, and with `PROVIDER_NOT_READY` where no payload comes in time. The provider goes on
 * all the same, and tells when it is ready. Resolvers never reject. Throws a `TypeError` or
 * `RangeError` where an option can't be used.
 *
 * @example
 * ```ts
 * import { OpenFeature } from "@openfeature/server-sdk";
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { openFeatureProvider } from "@growthstream/sdk/openfeature-server";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { button: { rules: [{ variations: ["Buy", "Order"] }] } };
 * const client = createClient({ source: fixedSource({ features }) });
 * await OpenFeature.setProviderAndWait("shop", openFeatureProvider(client));
 * const flags = OpenFeature.getClient("shop");
 * const details = await flags.getStringDetails("button", "Buy", { targetingKey: "7" });
 * assertEquals([details.value, details.reason, details.variant], ["Order", "SPLIT", "1"]);
 * await OpenFeature.close();
 * await client.close();
 * ```
 */
export function openFeatureProvider<Features extends object = AnyFeatures>(
  client: ServerClient<Features>,
  options: ProviderOptions = {},
): ServerProvider {
  refuseClient(client);
  const settings = readOptions(options);
  const users = client as unknown as ServerClient;
  const events = new OpenFeatureEventEmitter();
  const outlets = createOutlets(
    words,
    (event, details) => events.emit(event, details),
  );
  const { tracking, targetingKeyAttribute } = settings;
  const loaded = createUserMemory(
    (attributes) => users.loadUser({ attributes, tracking }),
    settings.clock,
  );
  const life = createProviderLife(users, settings, {
    ...outlets,
    tellChanges: (keys) => {
      // Other experiments may know users by other sticky buckets.
      loaded.clear();
      outlets.tellChanges(keys);
    },
  });
  const resolver = createResolver(settings, life.status);
  const resolve = (type: FlagType) =>
  async <Value>(
    key: string,
    defaultValue: Value,
    context: EvaluationContext,
    logger: Logger,
  ): Promise<ResolutionDetails<Value>> => {
    const user = readAttributes(context, targetingKeyAttribute);
    const { attributes } = user;
    const reads = users.loadsUsers === false
      ? users.forUser({ attributes, tracking })
      : await loaded.load(attributes);
    return withCode(
      resolver(reads, user, { key, type, defaultValue, logger }),
      ErrorCode,
    );
  };
  return {
    metadata: { name: "growthstream" },
    runsOn: "server",
    events,
    initialize: life.initialize,
    onClose: () => {
      loaded.clear();
      return life.close();
    },
    resolveBooleanEvaluation: resolve("boolean"),
    resolveStringEvaluation: resolve("string"),
    resolveNumberEvaluation: resolve("number"),
    resolveObjectEvaluation: resolve("object"),
    track: (name, context, details) => {
      const { attributes } = readAttributes(context, targetingKeyAttribute);
      users.forUser({ attributes, tracking })
        .logEvent(name, readDetails(details));
    },
  };
}
