// The shop on Express, in Node, Deno or Bun: `main.ts [port] [log]`
import type { AddressInfo } from "node:net";
import process from "node:process";
import { endOnSignal } from "../shop/end_on_signal.ts";
import { openShop } from "../shop/open_shop.ts";
import { makeApp } from "./app.ts";

const [port = "8000", log = "shop.db"] = process.argv.slice(2);
const shop = openShop(log);
const server = makeApp(shop).listen(Number(port), (error) => {
  if (error !== undefined) throw error; // the port is taken, for instance
  const { port } = server.address() as AddressInfo;
  console.log(`The shop is open at http://localhost:${port}/`);
});
endOnSignal(shop, async () => {
  server.closeIdleConnections();
  await new Promise<void>((done) => server.close(() => done()));
});
