import type {
  FeatureApiResponse,
  GrowthBookClient,
  UserContext,
} from "@growthbook/growthbook";
import type { Attributes, Payload } from "../mod.ts";

/** The part of the official SDK that is measured: as it comes, or from a bundle. */
export interface OfficialSdk {
  /** The client for servers. */
  readonly GrowthBookClient: new () => GrowthBookClient;
}

/** Evaluates features for users with the official SDK's client for servers. */
export interface OfficialClient {
  /** Evaluates a feature for the user of a context. */
  readonly evalFeature: (user: UserContext, key: string) => unknown;
  /** The same with a callback that is told of exposures. */
  readonly trackFeature: (key: string, attributes: Attributes) => unknown;
}

/** Makes the official client over a payload; its deduplication of exposures starts anew each call. */
export function createOfficialClient(
  { GrowthBookClient }: OfficialSdk,
  payload: Payload,
): OfficialClient {
  const client = new GrowthBookClient();
  client.initSync({ payload: payload as unknown as FeatureApiResponse });
  return {
    evalFeature: (user, key) => client.evalFeature(key, user),
    trackFeature: (key, attributes) => {
      let exposures = 0;
      const trackingCallback = () => {
        exposures++;
      };
      const user = { attributes, trackingCallback } as unknown as UserContext;
      client.evalFeature(key, user);
      return exposures;
    },
  };
}
