/**
 * Serves a payload file to clients that are given little time, on whatever runtime this is, and
 * prints where: `manners_on_runtimes_test.ts` runs it on Node and Bun. It ends when it is asked to.
 */
import process from "node:process";
import { startServer } from "../../../adapters/dev_server/start_server.ts";

const server = await startServer({
  file: process.argv[2]!,
  remoteEval: true,
  limits: { headTime: 300, requestTime: 2_000, idleTime: 300, closeTime: 20 },
});
process.once("SIGTERM", () => void server.close());
console.log(server.url);
