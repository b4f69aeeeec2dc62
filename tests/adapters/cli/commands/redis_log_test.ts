import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { redisStore } from "../../../../adapters/redis/mod.ts";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { noRedis, startRedis } from "../../../support/redis_server.ts";
import { connect } from "../../redis/connect.ts";
import { runCommand } from "../run_command.ts";
import { writeLog } from "../write_log.ts";

/** Copies a log in a file to Redis. */
async function copyLog(path: string, url: string, name: string) {
  using connection = connect(url);
  const file = sqliteStore(path, { readOnly: true });
  const store = redisStore(connection.client, { name });
  for (const { position: _, ...event } of await file.read(0, Infinity)) {
    await store.append([event]);
  }
  for (const { name, checkpoint } of await file.consumers()) {
    await store.claim({ name }, "one");
    await store.commit({ name }, "one", checkpoint);
    for (const { event, ...why } of await file.parked(name)) {
      await store.park({ name }, "one", [{ event, ...why }]);
    }
  }
  await file.close();
  await store.close();
}

Deno.test({
  name: "the commands tell the same of a log in Redis as of one in a file",
  ignore: noRedis,
  fn: async () => {
    await using server = await startRedis();
    const file = await writeLog();
    await copyLog(file, server.url, "shop");
    const address = `${server.url}?log=shop`;
    const asked = [
      ["report", "LOG", "--json"],
      ["replay", "LOG", "--feature", "cta", "--user", "7"],
      ["verify", "LOG"],
      ["tail", "LOG", "--once", "--lines", "3"],
      ["parked", "LOG"],
    ];
    for (const words of asked) {
      const [ofFile, ofRedis] = await Promise.all(
        [file, address].map((log) =>
          runCommand(words.map((word) => word === "LOG" ? log : word))
        ),
      );
      // When an event was parked is another time.
      const plain = (run: typeof ofFile) =>
        JSON.stringify(run).replace(/[\d-]{10}T[\d:.]{12}Z/g, "TIME");
      assertEquals(plain(ofRedis), plain(ofFile), words.join(" "));
    }
  },
});

Deno.test({
  name: "the commands change a log in Redis",
  ignore: noRedis,
  fn: async () => {
    await using server = await startRedis();
    using connection = connect(server.url);
    await copyLog(await writeLog(), server.url, "growthstream");
    await connection.client.set("id||7", "{}");
    const { output } = await runCommand([
      ...["erase", server.url, "--user", "7"],
    ]);
    assertStringIncludes(output, "1 event erased");
    assertEquals(await connection.client.exists("id||7"), 0);
    const { output: redelivered } = await runCommand([
      ...["redeliver", server.url, "--consumer", "warehouse"],
    ]);
    assert(redelivered !== "");
  },
});

Deno.test({
  name: "the commands say why a log in Redis can't be had, and no password",
  ignore: noRedis,
  fn: async () => {
    await using server = await startRedis();
    const wrong = [
      ["redis://:sesame@127.0.0.1:1", "can't be reached"],
      [`${server.url}?log=a}b`, "name of the log"],
    ] as const;
    for (const [address, reason] of wrong) {
      for (const words of [["report"], ["erase", "--user", "7"]]) {
        const [name = "", ...rest] = words;
        const { exitCode, errors } = await runCommand([name, address, ...rest]);
        assertEquals(exitCode, 2);
        assertStringIncludes(errors, reason);
        assert(!errors.includes("sesame"));
      }
    }
  },
});
