// A server of a framework, which is asked to end: it prints its address, and each exposure it delivered.
import {
  closeOnSignal,
  createClient,
  fixedSource,
} from "../../../../adapters/client/mod.ts";
import { express5Framework } from "./express.ts";
import { fastify5Framework } from "./fastify.ts";
import { honoFramework } from "./hono.ts";
import { koaFramework } from "./koa.ts";

const frameworks = [
  honoFramework,
  express5Framework,
  fastify5Framework,
  koaFramework,
];
const framework = frameworks.find(({ name }) => name === Deno.args[0]);
const rules = [{ key: "button-test", variations: ["Buy", "Order"] }];
const client = createClient({
  source: fixedSource({ features: { button: { rules } } }),
  // A service that takes its time.
  trackingCallback: async (_experiment, _result, user) => {
    await new Promise((done) => setTimeout(done, 20));
    console.log(user.attributes["id"]);
  },
});
const served = await framework?.serve(client);
closeOnSignal(client);
console.log(served?.origin);
