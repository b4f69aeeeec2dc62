// One pod of the shop on Hono, in Deno, Bun or Node: `main.ts [port]`. The address of Redis comes from
// REDIS_URL, GrowthBook's client key from GROWTHBOOK_CLIENT_KEY.
import process from "node:process";
import { Redis } from "ioredis";
import { makeApp } from "../shop-hono/app.ts";
import { serve } from "../shop-hono/serve.ts";
import { endOnSignal } from "../shop/end_on_signal.ts";
import { openFleetShop } from "./open_fleet_shop.ts";

const [port = "8000"] = process.argv.slice(2);
const { REDIS_URL: url, GROWTHBOOK_CLIENT_KEY: clientKey } = process.env;
const redis = new Redis(url ?? "redis://localhost:6379", {
  maxRetriesPerRequest: null,
});
redis.on("error", () => {}); // its state is in the status of the store
const shop = openFleetShop(redis, clientKey);
const server = await serve(makeApp(shop).fetch, Number(port));
console.log(`A pod is open at http://localhost:${server.port}/`);
endOnSignal(shop, server.close);
