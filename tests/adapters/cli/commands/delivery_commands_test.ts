import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createClient, fixedSource } from "../../../../adapters/client/mod.ts";
import { consume } from "../../../../adapters/delivery/mod.ts";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { runCommand } from "../run_command.ts";
import { makeEvent, writeEvents } from "../write_log.ts";

const evil = "\x1b[2J\u202e";

/** Writes a log in which two consumers have parked events, and gives its path. */
async function writeParked(): Promise<string> {
  const path = await writeEvents(
    ["a", "b", evil].map((featureKey) =>
      makeEvent(0, "feature.evaluated", {
        featureKey,
        value: 1,
        source: "force",
        ruleId: "",
        count: 1,
      })
    ),
  );
  const store = sqliteStore(path);
  const events = await store.read(0);
  for (
    const [name, parked] of [["warehouse", events], [
      evil,
      events.slice(2),
    ]] as const
  ) {
    await store.claim({ name }, "reader");
    await store.park(
      { name },
      "reader",
      parked.map((event) => ({
        event,
        reason: "refused",
        attempts: 3,
        message: `no ${evil} column`,
      })),
    );
    await store.release({ name }, "reader");
  }
  await store.close();
  return path;
}

async function stateOf(path: string, name: string) {
  const store = sqliteStore(path, { readOnly: true });
  const parked = await store.parked(name);
  await store.close();
  return parked.map(({ event, isDue }) => [event.position, isDue]);
}

Deno.test("parked lists what consumers have parked, safe for a terminal at any width", async () => {
  const path = await writeParked();
  for (const width of [50, 120, null]) {
    const { exitCode, output, errors } = await runCommand(["parked", path], {
      width,
    });
    assertEquals([exitCode, errors], [0, ""]);
    assertStringIncludes(output, "4 events parked");
    assertStringIncludes(output, "warehouse");
    assertStringIncludes(output, "refused");
    assertStringIncludes(
      output.replaceAll(/\s+/g, " "),
      "no \\u001b[2J\\u202e column",
    );
    assert(!/[^\P{C}\n]/u.test(output));
  }
});

Deno.test("parked lists what one consumer has parked, and prints JSON", async () => {
  const path = await writeParked();
  const { output } = await runCommand([
    "parked",
    path,
    "--consumer",
    "warehouse",
    "--json",
  ]);
  const parked: readonly {
    consumer: string;
    event: RecordedEvent;
    isDue: boolean;
  }[] = JSON.parse(output);
  assertEquals(
    parked.map((
      { consumer, event, isDue },
    ) => [consumer, event.position, isDue]),
    [["warehouse", 1, false], ["warehouse", 2, false], ["warehouse", 3, false]],
  );
  const none = await runCommand(["parked", path, "--consumer", "nobody"]);
  assertEquals(none, {
    exitCode: 0,
    output: "nothing is parked\n",
    errors: "",
  });
});

Deno.test("report tells what waits for the clients of a log, and what they have parked", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const client = createClient({
    store,
    source: fixedSource({
      features: { cta: { rules: [{ key: "cta-test", variations: [1, 2] }] } },
    }),
    trackingCallback: (_experiment, result) => {
      if (result.hashValue === "1") return;
      const delivery = result.hashValue === "2" ? "reject" : "pause";
      throw Object.assign(new Error("no"), { delivery });
    },
    onError: () => {},
  });
  for (const id of ["1", "2", "3"]) {
    client.forUser({ attributes: { id } }).isOn("cta");
    await client.flush({ timeout: 100 });
  }
  const { output } = await runCommand(["report", path, "--json"]);
  const [{ name, waiting, parked }] = JSON.parse(output).consumers;
  assertEquals([name, waiting, parked], ["tracking-callback", 1, 1]);
  await client.close({ timeout: 100 });
  await store.close();
});

Deno.test("redeliver makes parked events due, all or by id, and a consumer delivers them", async () => {
  const path = await writeParked();
  const args = ["redeliver", path, "--consumer", "warehouse"];
  const [first] = await readEvents(path);
  const one = await runCommand([...args, "--id", first!.id]);
  assertEquals(one, {
    exitCode: 0,
    output: "1 event will be delivered again by warehouse\n",
    errors: "",
  });
  assertEquals(await stateOf(path, "warehouse"), [[1, true], [2, false], [
    3,
    false,
  ]]);
  const all = await runCommand(args);
  assertEquals(all.output, "3 events will be delivered again by warehouse\n");
  assertEquals(await stateOf(path, evil), [[3, false]]);

  const store = sqliteStore(path);
  const delivered: number[] = [];
  const consumer = consume(store, "warehouse", (events) => {
    delivered.push(...[events].flat().map(({ position }) => position));
  });
  await consumer.flush();
  await consumer.stop();
  await store.close();
  assertEquals(new Set(delivered), new Set([1, 2, 3]));
  assertEquals(await stateOf(path, "warehouse"), []);
  assertEquals((await runCommand(args)).exitCode, 1);
});

Deno.test("redeliver says which consumers there are", async () => {
  const path = await writeParked();
  for (
    const [name, hint] of [
      ["warehuose", "did you mean warehouse?"],
      ["x", "it has warehouse, \\u001b[2J\\u202e"],
    ] as const
  ) {
    const { exitCode, errors } = await runCommand([
      "redeliver",
      path,
      "--consumer",
      name,
    ]);
    assertEquals(exitCode, 2);
    for (const part of hint.split(", ")) {
      assertStringIncludes(errors, part.replace("it has ", ""));
    }
  }
  const missing = await runCommand(["redeliver", path]);
  assertEquals(missing.errors, "Cannot redeliver: --consumer is missing\n");
});

Deno.test("erase removes what the log keeps of a user", async () => {
  const user = (id: string) => ({
    level: "decision" as const,
    attributes: { id, deviceId: `d-${id}` },
  });
  const path = await writeEvents(["1", "2", "3"].map((id) => ({
    ...makeEvent(Number(id), "custom", { name: "buy", properties: {} }),
    user: user(id),
  })));
  const erased = await runCommand(["erase", path, "--user", "2"]);
  assertEquals(erased, { exitCode: 0, output: "1 event erased\n", errors: "" });
  assertEquals((await readEvents(path)).map(({ type }) => type), [
    "custom",
    "erased",
    "custom",
  ]);
  assert(!JSON.stringify(await readEvents(path)).includes("d-2"));
  const other = await runCommand([
    "erase",
    path,
    "--attribute",
    "deviceId",
    "--user",
    "d-3",
  ]);
  assertEquals(other.output, "1 event erased\n");
  assertEquals(
    (await runCommand(["erase", path, "--user", "2"])).output,
    "0 events erased\n",
  );
  assertEquals(
    (await runCommand(["erase", path])).errors,
    "Cannot erase: --user is missing\n",
  );
});

for (
  const args of [
    ["parked"],
    ["redeliver", "--consumer", "a"],
    ["erase", "--user", "a"],
  ]
) {
  const [name, ...options] = args;
  Deno.test(`${name} makes no log where there is none, and leaves other files alone`, async () => {
    const folder = temporaryFolder();
    const text = `${folder}/text.db`;
    await Deno.writeTextFile(text, "no log ".repeat(200));
    for (const path of [`${folder}/none.db`, folder, text]) {
      const { exitCode, output, errors } = await runCommand([
        name!,
        path,
        ...options,
      ]);
      assertEquals([exitCode, output], [2, ""]);
      assert(
        errors.startsWith("Cannot ") && errors.split("\n").length === 2,
        errors,
      );
    }
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
      "text.db",
    ]);
    assertEquals(await Deno.readTextFile(text), "no log ".repeat(200));
  });
}

async function readEvents(path: string): Promise<readonly RecordedEvent[]> {
  const store = sqliteStore(path, { readOnly: true });
  const events = await store.read(0);
  await store.close();
  return events;
}
