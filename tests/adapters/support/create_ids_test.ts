import { assert, assertEquals } from "@std/assert";
import { validate, version } from "uuid";
import { createIds } from "../../../adapters/support/create_ids.ts";

Deno.test("createIds() makes UUIDs of version 7 with the time in front", () => {
  const createId = createIds({ now: () => 0x0123456789ab });
  const id = createId();
  assert(validate(id));
  assertEquals(version(id), 7);
  assertEquals(id.slice(0, 13), "01234567-89ab");
});

Deno.test("createIds() makes ids that sort as they were made, whatever the clock does", () => {
  const times = [5, 5, 5, 3, 9, 8, 9, 9, 10];
  let index = 0;
  const createId = createIds({ now: () => times[index++]! });
  const ids = times.map(() => createId());
  assertEquals(ids.toSorted(), ids);
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("createIds() shares nothing between two makers", () => {
  const options = {
    now: () => 7,
    fillRandom: (bytes: Uint8Array) => void bytes.fill(1),
  };
  assertEquals(createIds(options)(), createIds(options)());
});
