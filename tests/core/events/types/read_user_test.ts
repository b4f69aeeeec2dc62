import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { readUser, recordLevels } from "../../../../core/events/mod.ts";

const user = {
  attributes: { id: "7", country: "fr", email: "ada@example.com" },
  url: "https://example.com/shop",
  hashAttribute: "id",
  hashValue: "7",
  readAttributes: ["country", "age"],
};

Deno.test("readUser() keeps the hash attribute alone at level identity", () => {
  assertEquals(readUser("identity", { ...user, readsUrl: true }), {
    level: "identity",
    attributes: { id: "7" },
  });
});

Deno.test("readUser() keeps what was read and is there at level decision", () => {
  assertEquals(readUser("decision", user), {
    level: "decision",
    attributes: { country: "fr", id: "7" },
  });
});

Deno.test("readUser() keeps the URL at level decision where the decision reads it", () => {
  assertEquals(readUser("decision", { ...user, readsUrl: true }).url, user.url);
});

Deno.test("readUser() keeps everything at level all", () => {
  const { attributes, url } = user;
  assertEquals(readUser("all", user), { level: "all", attributes, url });
});

Deno.test("readUser() keeps the hash value as the decision saw it", () => {
  const attributes = { id: 7 };
  assertEquals(readUser("all", { ...user, attributes }).attributes, {
    id: "7",
  });
});

Deno.test("readUser() leaves out what is no JSON", () => {
  const attributes = { id: "7", big: 7n, call: () => 7, plan: "pro" };
  assertEquals(
    readUser("all", { attributes: attributes as never }).attributes,
    { id: "7", plan: "pro" },
  );
});

Deno.test("readUser() writes null for a hash value that is no JSON", () => {
  const { attributes } = readUser("identity", { ...user, hashValue: () => 7 });
  assertEquals(attributes, { id: null });
});

Deno.test("readUser() writes a big integer as the text that is hashed", () => {
  const { attributes } = readUser("identity", { ...user, hashValue: 7n });
  assertEquals(attributes, { id: "7" });
});

Deno.test("readUser() gives no attributes for a user that is none", () => {
  for (const level of recordLevels) {
    const odd = { attributes: null as never, readAttributes: ["id"] };
    assertEquals(readUser(level, odd), { level, attributes: {} });
  }
});

Deno.test("readUser() keeps hostile names as own properties, and freezes what it gives", () => {
  const attributes = JSON.parse('{"__proto__":{"admin":true},"id":"7"}');
  const kept = readUser("all", { attributes }).attributes;
  assertEquals(Object.keys(kept), ["__proto__", "id"]);
  assertStrictEquals(Object.getPrototypeOf(kept), Object.prototype);
  assert(Object.isFrozen(kept));
});

Deno.test("readUser() reads own properties alone", () => {
  const attributes = Object.create({ country: "fr" });
  assertEquals(
    readUser("decision", { attributes, readAttributes: ["country"] })
      .attributes,
    {},
  );
});
