/** The middlewares of all frameworks, each under a name of its own. */
export {
  flags as expressFlags,
  flagsOf as expressFlagsOf,
} from "../../../../adapters/web/frameworks/express.ts";
export {
  flags as fastifyFlags,
  flagsOf as fastifyFlagsOf,
} from "../../../../adapters/web/frameworks/fastify.ts";
export {
  flags as honoFlags,
  flagsOf as honoFlagsOf,
} from "../../../../adapters/web/frameworks/hono.ts";
export {
  flags as koaFlags,
  flagsOf as koaFlagsOf,
} from "../../../../adapters/web/frameworks/koa.ts";
