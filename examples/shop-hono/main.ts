// The shop on Hono, in Deno, Bun or Node: `main.ts [port] [log]`
import process from "node:process";
import { endOnSignal } from "../shop/end_on_signal.ts";
import { openShop } from "../shop/open_shop.ts";
import { makeApp } from "./app.ts";
import { serve } from "./serve.ts";

const [port = "8000", log = "shop.db"] = process.argv.slice(2);
const shop = openShop(log);
const server = await serve(makeApp(shop).fetch, Number(port));
console.log(`The shop is open at http://localhost:${server.port}/`);
endOnSignal(shop, server.close);
