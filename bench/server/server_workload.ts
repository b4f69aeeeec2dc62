import type {
  FeatureApiResponse,
  GrowthBookClient,
  UserContext,
} from "@growthbook/growthbook";
import type { Attributes, Payload } from "../../mod.ts";
import type { Client } from "../../adapters/client/mod.ts";

/** The official SDK, as it comes or as a bundler leaves it. */
export interface OfficialSdk {
  /** The client for servers. */
  readonly GrowthBookClient: new (options: {
    readonly trackingCallback: () => void;
  }) => GrowthBookClient;
}

/** Does the work of some requests, and waits until all exposures were handed over. */
export interface Server {
  /** How long that took, in nanoseconds a request, handing over included. */
  readonly serve: (requests: number) => Promise<number>;
  /** How many exposures a request had on average, so far. */
  readonly exposures: () => number;
  /** Ends it. */
  readonly close: () => unknown;
}

const featureCount = 100;
const readsPerRequest = 20;

/** A hundred features: plain ones, targeting, rollouts, and 18 experiments. */
export const serverPayload: Payload = {
  features: Object.fromEntries(
    Array.from({ length: featureCount }, (_, index) => [
      `feature-${index}`,
      { defaultValue: false, rules: rulesOf(index) },
    ]),
  ),
};

function rulesOf(index: number): readonly object[] {
  if (index % 11 === 0 || index % 11 === 5) {
    return [{
      id: `rule-${index}`,
      key: `experiment-${index}`,
      seed: `seed-${index}`,
      hashAttribute: "id",
      hashVersion: 2,
      variations: [false, true],
      weights: [0.5, 0.5],
      coverage: 1,
      meta: [{ key: "0" }, { key: "1" }],
      phase: "0",
      name: `Experiment ${index}`,
    }];
  }
  switch (index % 3) {
    case 0:
      return [];
    case 1:
      return [{
        condition: { country: { $in: ["fr", "de"] }, plan: "pro" },
        force: true,
      }];
    default:
      return [{ force: true, coverage: 0.3, hashAttribute: "id" }];
  }
}

const keys = Object.keys(serverPayload.features);
let users = 0;

/** Every request is one of a new user. */
function newUser(): Attributes {
  const index = users++;
  return {
    id: `user-${index}`,
    country: ["fr", "de", "us", "uk"][index % 4]!,
    plan: index % 2 === 0 ? "pro" : "free",
    age: index % 80,
    email: `user${index}@example.com`,
  };
}

function readAll(isOn: (key: string) => boolean, first: number): number {
  let count = 0;
  for (let read = 0; read < readsPerRequest; read++) {
    if (isOn(keys[(first + 5 * read) % keys.length]!)) count++;
  }
  return count;
}

/** A server with our client. */
export function ourServer(client: Client, count: () => number): Server {
  let requests = 0;
  return {
    serve: async (number) => {
      const start = performance.now();
      for (let request = 0; request < number; request++) {
        const user = client.forUser({ attributes: newUser() });
        readAll(user.isOn, requests++);
      }
      await client.flush({ timeout: 60_000 });
      return (performance.now() - start) / number * 1e6;
    },
    exposures: () => count() / requests,
    close: () => client.close({ timeout: 1000 }),
  };
}

/** A server with the official SDK's scoped instances. */
export function officialServer({ GrowthBookClient }: OfficialSdk): Server {
  let requests = 0;
  let exposures = 0;
  const client = new GrowthBookClient({
    trackingCallback: () => {
      exposures++;
    },
  });
  client.initSync({ payload: serverPayload as unknown as FeatureApiResponse });
  return {
    serve: async (number) => {
      const start = performance.now();
      for (let request = 0; request < number; request++) {
        const user = client.createScopedInstance(
          { attributes: newUser() } as UserContext,
        );
        readAll((key) => user.isOn(key), requests++);
      }
      // What it puts off until later counts, too.
      await Promise.resolve();
      return (performance.now() - start) / number * 1e6;
    },
    exposures: () => exposures / requests,
    close: () => client.destroy(),
  };
}
