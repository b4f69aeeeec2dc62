import {
  type FeatureApiResponse,
  GrowthBookClient,
  type UserContext,
} from "@growthbook/growthbook";
import type { Attributes, Payload } from "../mod.ts";

/** Evaluates features for users with the official SDK's client for servers. */
export interface OfficialClient {
  /** Evaluates a feature for a user. */
  readonly evalFeature: (key: string, attributes: Attributes) => unknown;
  /** The same with a callback that is told of exposures. */
  readonly trackFeature: (key: string, attributes: Attributes) => unknown;
}

/** Makes the official client over a payload; its deduplication of exposures starts anew each call. */
export function createOfficialClient(payload: Payload): OfficialClient {
  const client = new GrowthBookClient();
  client.initSync({ payload: payload as unknown as FeatureApiResponse });
  const user = (attributes: Attributes) => ({ attributes }) as UserContext;
  return {
    evalFeature: (key, attributes) => client.evalFeature(key, user(attributes)),
    trackFeature: (key, attributes) => {
      let exposures = 0;
      const trackingCallback = () => {
        exposures++;
      };
      client.evalFeature(key, { ...user(attributes), trackingCallback });
      return exposures;
    },
  };
}
