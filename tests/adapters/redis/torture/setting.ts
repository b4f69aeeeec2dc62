/** What a pod is told. */
export interface PodSetting {
  /** The address of Redis, by way of the pod's proxy. */
  readonly url: string;
  /** The address of GrowthBook. */
  readonly api: string;
  /** The file that it writes down in what happened. */
  readonly journal: string;
  /** The file of the pod whose rounds it does after its own, each once that pod has done it. */
  readonly before: string;
  /** By which client it asks Redis. */
  readonly client: "ioredis" | "node-redis" | "bun";
  /** The rounds to do, by number: each is so many users in a row. */
  readonly rounds: readonly number[];
  /** Those of them that are another pod's, too. */
  readonly shared: readonly number[];
  /** How many users a round has. */
  readonly size: number;
  /** How long a round takes at least, in milliseconds. */
  readonly pace: number;
}

/** The experiments that each user is shown. */
export const experimentKeys: readonly string[] = ["one", "two", "three"];

/**
 * The payload of a version: with each, the weights are others, so that users would move who have no
 * sticky bucket.
 */
export function payloadOf(version: number): object {
  const first = version % 2 === 0 ? 0.9 : 0.1;
  const rule = (key: string) => ({
    key,
    variations: [0, 1],
    weights: [first, 1 - first],
    hashAttribute: "id",
    seed: key,
    meta: [{ key: "0" }, { key: "1" }],
  });
  return {
    features: {
      ...Object.fromEntries(
        experimentKeys.map((
          key,
        ) => [key, { defaultValue: -1, rules: [rule(key)] }]),
      ),
      version: { defaultValue: version },
    },
    dateUpdated: new Date(Date.UTC(2026, 0, 1) + version * 1_000).toISOString(),
  };
}
