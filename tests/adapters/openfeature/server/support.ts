import { type Client as Flags, OpenFeature } from "@openfeature/server-sdk";
import { BehaviorSubject } from "rxjs";
import { type Client, createClient } from "../../../../adapters/client/mod.ts";
import type { ClientOptions } from "../../../../adapters/client/mod.ts";
import {
  openFeatureProvider,
  type ProviderOptions,
} from "../../../../adapters/openfeature/server/mod.ts";
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
}

/** Gives a test a provider in a domain of its own, over features. */
export async function withProvider(
  features: FeatureDefinitions,
  action: (setting: Setting) => void | Promise<void>,
  options: ProviderOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<void> {
  const payloads = new BehaviorSubject<Payload>({ features });
  const client = createClient({ source: payloads, ...clientOptions });
  const domain = `domain-${++count}`;
  const provider = openFeatureProvider(client, options);
  await OpenFeature.setProviderAndWait(domain, provider);
  try {
    await action({ flags: OpenFeature.getClient(domain), client, payloads });
  } finally {
    await OpenFeature.clearProviders();
    await client.close();
  }
}
