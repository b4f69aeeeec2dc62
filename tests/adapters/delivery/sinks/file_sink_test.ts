import { assert, assertEquals, assertRejects } from "@std/assert";
import { deliver, fileSink } from "../../../../adapters/delivery/mod.ts";
import { openLineFile } from "../../../../adapters/delivery/sinks/file/line_file.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import type { NewEvent } from "../../../../core/events/types/recorded_event.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { sampleCustom } from "./sample_events.ts";

async function write(
  path: string,
  events: readonly NewEvent[],
  options: Parameters<typeof fileSink>[1] = {},
): Promise<void> {
  const store = memoryStore();
  await store.append(events);
  const delivery = deliver(store, fileSink(path, options));
  assertEquals(await delivery.flush(), true);
  await delivery.stop();
}

async function idsIn(path: string): Promise<readonly string[]> {
  const text = await Deno.readTextFile(path);
  assert(text.endsWith("\n"));
  return text.trimEnd().split("\n").map((line) => JSON.parse(line).id);
}

const customs = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => sampleCustom(first + index));
const idsOf = (events: readonly NewEvent[]) => events.map(({ id }) => id);

Deno.test("fileSink() writes an event a line, and adds to what is there", async () => {
  const path = `${temporaryFolder()}/events.ndjson`;
  await write(path, customs(0, 3));
  await write(path, customs(3, 2));
  assertEquals(await idsIn(path), idsOf(customs(0, 5)));
});

Deno.test("fileSink() cuts off half a line, wherever its writer was killed", async () => {
  const path = `${temporaryFolder()}/events.ndjson`;
  await write(path, customs(0, 2));
  const whole = await Deno.readFile(path);
  const lines = new TextDecoder().decode(whole).split("\n");
  const first = new TextEncoder().encode(`${lines[0]}\n`).length;
  for (let end = 0; end < whole.length; end += 7) {
    await Deno.writeFile(path, whole.subarray(0, end));
    await write(path, customs(5, 1));
    const kept = end >= first ? customs(0, 1) : [];
    assertEquals(await idsIn(path), idsOf([...kept, ...customs(5, 1)]));
  }
});

Deno.test("fileSink() finds the last whole line before half a line of many kilobytes", async () => {
  const path = `${temporaryFolder()}/events.ndjson`;
  await write(path, customs(0, 1));
  await Deno.writeTextFile(path, "x".repeat(200_000), { append: true });
  await write(path, customs(1, 1));
  assertEquals(await idsIn(path), idsOf(customs(0, 2)));
});

Deno.test("fileSink() begins a new file when one is full, and keeps as many as it is told", async () => {
  const folder = temporaryFolder();
  const path = `${folder}/events.ndjson`;
  for (let index = 0; index < 5; index++) {
    await write(path, customs(index, 1), { maxBytes: 200, keep: 2 });
  }
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assertEquals(names, ["events.ndjson", "events.ndjson.3", "events.ndjson.4"]);
  assertEquals(await idsIn(`${path}.3`), idsOf(customs(2, 1)));
  assertEquals(await idsIn(path), idsOf(customs(4, 1)));
});

Deno.test("fileSink() parks an event for which `map` throws, and writes the others", async () => {
  const path = `${temporaryFolder()}/events.ndjson`;
  await write(path, customs(0, 3), {
    map: ({ id, data }) => {
      if (id.endsWith("1")) throw new Error("no");
      return { id, name: data["name"] };
    },
  });
  assertEquals(await idsIn(path), [sampleCustom(0).id, sampleCustom(2).id]);
});

Deno.test("fileSink() waits where the file can't be written, and loses nothing", async () => {
  const folder = temporaryFolder();
  const path = `${folder}/later/events.ndjson`;
  const store = memoryStore();
  await store.append(customs(0, 3));
  const errors: unknown[] = [];
  const delivery = deliver(store, fileSink(path), {
    random: () => 0.1,
    onError: (error) => {
      errors.push(error);
      Deno.mkdirSync(`${folder}/later`, { recursive: true });
    },
  });
  while (!await delivery.flush());
  await delivery.stop();
  assertEquals(await idsIn(path), idsOf(customs(0, 3)));
  assertEquals(
    String(errors[0]),
    'Error: Cannot write the file of the sink "file": its folder is not there',
  );
});

const moves = {
  deleted: (path: string) => Deno.remove(path),
  moved: (path: string) => Deno.rename(path, `${path}.old`),
  replaced: async (path: string) => {
    await Deno.rename(path, `${path}.old`);
    await Deno.writeTextFile(path, "");
  },
};

for (const [what, move] of Object.entries(moves)) {
  Deno.test(`fileSink() begins a new file where its own was ${what}`, async () => {
    const path = `${temporaryFolder()}/events.ndjson`;
    const store = memoryStore();
    await store.append(customs(0, 2));
    const delivery = deliver(store, fileSink(path));
    assertEquals(await delivery.flush(), true);
    await move(path);
    await store.append(customs(2, 2));
    assertEquals(await delivery.flush(), true);
    assertEquals(await idsIn(path), idsOf(customs(2, 2)));
    if (what !== "deleted") {
      assertEquals(await idsIn(`${path}.old`), idsOf(customs(0, 2)));
    }
    await delivery.stop();
  });
}

Deno.test("a file that is moved while it is written takes none of the lines along", async () => {
  const path = `${temporaryFolder()}/events.ndjson`;
  const file = await openLineFile(path);
  const bytes = new TextEncoder().encode("1\n");
  await file.append(bytes);
  await Deno.rename(path, `${path}.old`);
  await assertRejects(() => file.append(bytes), Error, "deleted or moved");
  await file.close();
  assertEquals(await Deno.readTextFile(`${path}.old`), "1\n");
});

Deno.test("a file that others emptied goes on from its beginning", async () => {
  const path = `${temporaryFolder()}/events.ndjson`;
  const file = await openLineFile(path);
  const line = new TextEncoder().encode("0123456789\n");
  await file.append(line);
  await Deno.truncate(path);
  await file.append(line);
  assertEquals(await file.size(), line.length);
  await Deno.truncate(path);
  await Deno.rename(path, `${path}.1`);
  await assertRejects(() => file.append(line));
  assertEquals((await Deno.stat(`${path}.1`)).size, 0);
  await file.close();
});

Deno.test("fileSink() counts what is in a file that others emptied", async () => {
  const folder = temporaryFolder();
  const path = `${folder}/events.ndjson`;
  const store = memoryStore();
  const [event] = customs(0, 1);
  await write(path, [event!]);
  const { size } = await Deno.stat(path);
  const sink = fileSink(path, { maxBytes: Math.floor(1.5 * size) });
  const delivery = deliver(store, sink, { onError: () => {} });
  for (const index of [1, 2, 3]) {
    await Deno.truncate(path);
    await store.append(customs(index, 1));
    assertEquals(await delivery.flush(), true);
    assertEquals(await idsIn(path), idsOf(customs(index, 1)));
  }
  await delivery.stop();
  assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), [
    "events.ndjson",
  ]);
});
