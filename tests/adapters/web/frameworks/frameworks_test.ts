import { express4Framework, express5Framework } from "./express.ts";
import { fastify4Framework, fastify5Framework } from "./fastify.ts";
import { honoFramework } from "./hono.ts";
import { koaFramework } from "./koa.ts";
import { testFramework } from "./test_framework.ts";

const frameworks = [
  honoFramework,
  express5Framework,
  express4Framework,
  fastify5Framework,
  fastify4Framework,
  koaFramework,
];
for (const framework of frameworks) testFramework(framework);
