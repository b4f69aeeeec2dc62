import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { NewEvent } from "../../../core/events/mod.ts";
import { exposure } from "../../contracts/event_store/small_event.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const scalar = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const data = fc.record({
  experimentKey: fc.oneof(fc.constantFrom("a", "b"), scalar),
  variationId: fc.constantFrom(0, 1, "1"),
  hashAttribute: fc.oneof(fc.constantFrom("id", "__proto__", ""), scalar),
  hashValue: fc.oneof(scalar, fc.array(scalar)),
  bucket: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), scalar),
  weights: fc.oneof(fc.array(fc.double({ noNaN: true })), scalar),
  coverage: fc.oneof(fc.constant(undefined), fc.object()),
  toJSON: fc.oneof(fc.constant(undefined), fc.constant(1)),
}, { requiredKeys: [] });
const user = fc.oneof(
  fc.constantFrom("none", "identity" as const),
  fc.record({
    level: fc.constantFrom("identity", "all"),
    attributes: fc.dictionary(fc.constantFrom("id", "__proto__", "b"), scalar),
  }),
);

Deno.test("sqliteStore() gives exposures back as they were given, whatever they have in common", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(data, user, fc.integer()), { maxLength: 30 }),
      async (given) => {
        const store = sqliteStore(":memory:");
        const events = given.map(([data, user, time], index): NewEvent => {
          const event = { ...exposure(index), time, data: data as never };
          if (user === "none") return event;
          const identity = Object.fromEntries([
            [data.hashAttribute, data.hashValue],
          ]);
          const kept = user === "identity"
            ? { level: "identity", attributes: identity }
            : user;
          return { ...event, user: kept as never };
        });
        await store.append(events);
        const read = await store.read(0);
        assertEquals(
          read.map(({ position: _, ...event }) => JSON.stringify(event)),
          events.map((event) => JSON.stringify(event)),
        );
        await store.close();
      },
    ),
    runs(200),
  );
});

Deno.test("sqliteStore() keeps no bucket for an exposure that has none", async () => {
  const store = sqliteStore(":memory:");
  const none = { hashValue: "2", bucket: undefined };
  const inherited = Object.assign(
    Object.create({ bucket: 0.25 }),
    exposure(3, { hashValue: "3" }).data,
  );
  await store.append([
    exposure(1, { bucket: 0.5 }),
    exposure(2, none),
    { ...exposure(3), data: inherited },
  ]);
  const read = await store.read(0);
  assertEquals(read.map(({ data }) => data["bucket"]), [
    0.5,
    undefined,
    undefined,
  ]);
  await store.close();
});

Deno.test("sqliteStore() takes little room for exposures of one experiment", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const events = Array.from(
    { length: 10_000 },
    (_, index) => exposure(index, { hashValue: `user-${index}`, bucket: 0.5 }),
  );
  await store.append(events);
  await store.close();
  assert(Deno.statSync(path).size < 10_000 * 120);
  const reader = sqliteStore(path, { readOnly: true });
  assertEquals(
    (await reader.read(4000, 3)).map(({ id, data }) => [id, data]),
    events.slice(4000, 4003).map(({ id, data }) => [id, data]),
  );
  await reader.close();
});
