import { createClient, fixedSource } from "@growthstream/sdk/client";
import { growthbookSource } from "@growthstream/sdk/growthbook";
import {
  type RedisClient,
  redisSource,
  redisStickyBuckets,
  redisStore,
} from "@growthstream/sdk/redis";
import { durableStore } from "@growthstream/sdk/sqlite";
import { payload, type ShopFeatures } from "../shop/features.ts";
import type { Shop } from "../shop/open_shop.ts";

/** Opens the shop as one pod of a fleet: payload, log and sticky buckets are shared, in Redis. */
export function openFleetShop(
  redis: RedisClient,
  clientKey: string | undefined,
): Shop {
  const stickyBuckets = redisStickyBuckets(redis);
  // Where Redis is gone, events wait in memory.
  const store = durableStore(
    redisStore(redis, { name: "shop", stickyBuckets }),
  );
  const source = clientKey === undefined
    ? fixedSource(payload)
    : growthbookSource({ clientKey });
  const client = createClient<ShopFeatures>({
    // One pod follows GrowthBook; the others take what it wrote.
    source: redisSource(redis, { name: "shop", source }),
    store,
    stickyBuckets,
    trackingCallback: (experiment, result, user) => {
      console.log(
        `${user.attributes["id"]} sees ${experiment.key}: ${result.key}`,
      );
    },
  });
  return { client, store };
}
