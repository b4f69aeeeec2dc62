import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { redisStore } from "../../../../adapters/redis/mod.ts";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { noRedis, startRedis } from "../../../support/redis_server.ts";
import { connect } from "../../redis/connect.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";
import { runCommand } from "../run_command.ts";
import { makeEvent, writeLog } from "../write_log.ts";

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
  name: "deliver goes on when Redis is back",
  ignore: noRedis,
  fn: async () => {
    await using server = await startRedis(["--appendonly", "yes"]);
    const folder = temporaryFolder();
    const add = async (id: string) => {
      using connection = connect(server.url);
      const store = redisStore(connection.client);
      await store.append([{ ...makeEvent(0, "custom", { name: id }), id }]);
      await store.close();
    };
    const written = async (id: string) => {
      for await (const _ of Deno.watchFs(folder)) {
        const text = await Deno.readTextFile(file).catch(() => "");
        if (text.includes(`"id":"${id}"`)) return;
      }
    };
    const file = `${folder}/events.ndjson`;
    let stop = () => {};
    const interrupted = new Promise<void>((resolve) => stop = resolve);
    const first = written("first");
    const run = runCommand(
      ["deliver", server.url, "--to", "file", "--file", file],
      { clock: systemClock, interrupted: () => interrupted },
    );
    await add("first");
    await first;
    await server.kill();
    await server.start();
    const second = written("second");
    await add("second");
    await second;
    stop();
    assertEquals((await run).exitCode, 0);
  },
});

Deno.test({
  name: "deliver ends when it is stopped while Redis is gone",
  ignore: noRedis,
  fn: async () => {
    await using server = await startRedis();
    const timers = new Set<() => void>();
    let stop = () => {};
    const interrupted = new Promise<void>((resolve) => stop = resolve);
    let failures = 0;
    const run = runCommand(
      ["deliver", server.url, "--to", "file", "--file", temporaryFolder()],
      {
        clock: {
          now: systemClock.now,
          setTimer: (run, delay, keepsAlive) => {
            const cancel = systemClock.setTimer(
              () => {
                timers.delete(end);
                run();
              },
              delay / 100,
              keepsAlive,
            );
            const end = () => {
              timers.delete(end);
              cancel();
            };
            timers.add(end);
            return end;
          },
        },
        complain: () => {
          if (++failures === 1) stop();
          return Promise.resolve();
        },
        interrupted: () => interrupted,
      },
    );
    while (timers.size === 0) await new Promise((next) => setTimeout(next));
    await server.kill();
    assertEquals((await run).exitCode, 2);
    const left = timers.size;
    for (const end of [...timers]) end();
    assertEquals(left, 0);
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
