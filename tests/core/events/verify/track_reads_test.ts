import { assertEquals } from "@std/assert";
import { trackReads } from "../../../../core/events/verify/track_reads.ts";

Deno.test("trackReads() notes the attributes that are read and not there", () => {
  const { attributes, missing } = trackReads({ id: "7" });
  assertEquals(attributes["id"], "7");
  assertEquals(attributes["country"], undefined);
  assertEquals(Object.hasOwn(attributes, "plan"), false);
  assertEquals("age" in attributes, false);
  assertEquals("id" in attributes, true);
  assertEquals([...missing], ["country", "plan", "age"]);
});

Deno.test("trackReads() has nothing of what every object inherits", () => {
  const { attributes, missing } = trackReads({});
  assertEquals(attributes["constructor"], undefined);
  assertEquals("toString" in attributes, false);
  assertEquals([...missing], ["constructor", "toString"]);
});

Deno.test("trackReads() notes no symbols", () => {
  const { attributes, missing } = trackReads({});
  assertEquals(Reflect.get(attributes, Symbol.toStringTag), undefined);
  assertEquals(missing.size, 0);
});
