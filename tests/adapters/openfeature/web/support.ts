import { type Client as Flags, OpenFeature } from "@openfeature/web-sdk";
import type { EvaluationContext } from "@openfeature/web-sdk";
import { BehaviorSubject } from "rxjs";
import {
  type Client,
  type ClientOptions,
  createClient,
} from "../../../../adapters/client/mod.ts";
import {
  openFeatureProvider,
  type ProviderOptions,
} from "../../../../adapters/openfeature/web/mod.ts";
import type { FeatureDefinitions } from "../../../../core/types/feature.ts";
import type { Payload } from "../../../../core/types/payload.ts";

let count = 0;

/** What a test with a provider has. */
export interface Setting {
  /** The client of OpenFeature. */
  readonly flags: Flags;
  /** The client beneath it. */
  readonly client: Client;
  /** Where payloads come from. */
  readonly payloads: BehaviorSubject<Payload>;
  /** Sets the context. */
  readonly setContext: (context: EvaluationContext) => Promise<void>;
}

/** What a test may ask for. */
export interface SettingOptions {
  /** The context at first. */
  readonly context?: EvaluationContext;
  /** Options of the provider. */
  readonly provider?: ProviderOptions;
  /** Options of the client. */
  readonly client?: Partial<ClientOptions>;
}

/** Gives a test a provider in a domain of its own, over features. */
export async function withProvider(
  features: FeatureDefinitions,
  action: (setting: Setting) => void | Promise<void>,
  options: SettingOptions = {},
): Promise<void> {
  const payloads = new BehaviorSubject<Payload>({ features });
  const client = createClient({ source: payloads, ...options.client });
  const domain = `domain-${++count}`;
  const provider = openFeatureProvider(client, options.provider);
  await OpenFeature.setProviderAndWait(domain, provider, options.context ?? {});
  try {
    await action({
      flags: OpenFeature.getClient(domain),
      client,
      payloads,
      setContext: (context) => OpenFeature.setContext(domain, context),
    });
  } finally {
    await OpenFeature.clearProviders();
    OpenFeature.clearHandlers();
    await client.close();
  }
}
