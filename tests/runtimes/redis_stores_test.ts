import { assert, assertEquals } from "@std/assert";
import { noRedis, startRedis } from "../support/redis_server.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { bundle } from "./bundle.ts";
import { runtimeProgram, runtimes } from "./runtimes.ts";

for (const name of Object.keys(runtimes) as (keyof typeof runtimes)[]) {
  Deno.test({
    name: `redisStore() does on ${name} what every store must do`,
    ignore: noRedis,
    fn: async () => {
      await using server = await startRedis();
      const file = `${temporaryFolder()}/contract.mjs`;
      await bundle(new URL("run_redis_contract.ts", import.meta.url), file);
      const program = await runtimeProgram(name);
      const { stdout, stderr } = await new Deno.Command(program, {
        args: [file, server.url],
      }).output();
      const text = new TextDecoder().decode(stdout);
      assert(text !== "", new TextDecoder().decode(stderr));
      const { passed, failed } = JSON.parse(text);
      assertEquals(failed, []);
      // Bun brings along a client of its own.
      assert(passed.length > (name === "bun" ? 350 : 230));
    },
  });
}
