import { assertEquals, assertMatch } from "@std/assert";
import {
  cookieStickyBuckets,
  createClient,
  fixedSource,
} from "../../../adapters/client/mod.ts";
import { requestUser } from "../../../adapters/web/mod.ts";
import { cookieJar } from "../../support/web/cookie_jar.ts";

/** Experiments whose keys are so long that some thirty of them fill a cookie. */
function experiments(count: number) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `feature-${index}`,
      {
        rules: [{
          key: `an-experiment-whose-key-has-fifty-characters-or-so-${index}`,
          variations: ["a", "b"],
          meta: [{ key: "0" }, { key: "1" }],
        }],
      },
    ]),
  );
}

/** A client, and a browser that visits it. */
function open(count: number) {
  const client = createClient({
    source: fixedSource({ features: experiments(count) }),
  });
  const jar = cookieJar();
  const errors: unknown[] = [];
  const visit = (read: (key: string) => void, keys: readonly string[]) => {
    const request = new Request("https://shop.example/", {
      headers: { cookie: jar.cookie },
    });
    const { user, headers } = requestUser(client, request, {
      stickyCookies: true,
      createId: () => "7",
      onError: (error) => errors.push(error),
    });
    for (const key of keys) {
      user.isOn(key);
      read(key);
    }
    for (const cookie of headers.getSetCookie()) jar.cookie = cookie;
    return headers.getSetCookie();
  };
  return { client, jar, errors, visit };
}

function assignmentsIn(jar: { readonly cookie: string }): readonly string[] {
  const store = cookieStickyBuckets({
    read: () => jar.cookie,
    write: () => {},
  });
  const name = { attributeName: "id", attributeValue: "7" };
  const documents = store.load([name]) as Record<
    string,
    { readonly assignments: object }
  >;
  return Object.keys(documents["id||7"]?.assignments ?? {});
}

const nothing = () => {};

Deno.test("sticky cookies have the format of cookieStickyBuckets()", async () => {
  const { client, jar, visit } = open(2);
  visit(nothing, ["feature-0", "feature-1"]);
  assertEquals(
    assignmentsIn(jar).map((key) => key.slice(-4)),
    ["-0__0", "-1__0"].map((key) => key.slice(-4)),
  );
  await client.close();
});

Deno.test("sticky cookies are not set again where nothing was assigned", async () => {
  const { client, visit } = open(2);
  visit(nothing, ["feature-0", "feature-1"]);
  assertEquals(visit(nothing, ["feature-0", "feature-1"]), []);
  await client.close();
});

Deno.test("sticky cookies stay under 4,000 bytes: the oldest assignments go, and it is told", async () => {
  const { client, jar, errors, visit } = open(120);
  const keys = Array.from({ length: 120 }, (_, index) => `feature-${index}`);
  for (const key of keys) {
    for (const cookie of visit(nothing, [key])) {
      assertEquals([cookie.length <= 4000, key], [true, key]);
    }
  }
  const left = assignmentsIn(jar).map((key) =>
    Number(/-(\d+)__0$/.exec(key)?.[1])
  );
  assertEquals(left.length > 20 && left.length < 60, true);
  assertEquals(left, keys.map((_, index) => index).slice(-left.length));
  assertMatch(String(errors[0]), /the oldest were dropped/);
  await client.close();
});

Deno.test("sticky cookies of one request are told of once, however many have no room", async () => {
  const { client, errors, visit } = open(120);
  const keys = Array.from({ length: 120 }, (_, index) => `feature-${index}`);
  const cookies = visit(nothing, keys);
  assertEquals(cookies.every((cookie) => cookie.length <= 4000), true);
  assertEquals(errors.length, 1);
  await client.close();
});

Deno.test("sticky cookies of other users of the browser are removed but for two", async () => {
  const { client, jar, visit } = open(1);
  for (const id of ["1", "2", "3", "4", "5"]) {
    jar.cookie = `gbStickyBuckets__id||${id}={}`;
  }
  visit(nothing, ["feature-0"]);
  const names = jar.cookie.split("; ").map((cookie) =>
    cookie.slice(0, cookie.indexOf("="))
  );
  assertEquals(names.toSorted(), [
    "gbStickyBuckets__id||4",
    "gbStickyBuckets__id||5",
    "gbStickyBuckets__id||7",
    "gbuuid",
  ]);
  await client.close();
});

Deno.test("sticky cookies of others are removed bit by bit, so that a response stays small", async () => {
  const { client, jar, visit } = open(1);
  for (let index = 0; index < 250; index++) {
    jar.cookie = `gbStickyBuckets__id||other-${index}={}`;
  }
  const cookies = visit(nothing, ["feature-0"]);
  assertEquals(cookies.join("").length < 5_000, true);
  assertEquals(cookies.length > 10, true);
  await client.close();
});

Deno.test("sticky cookies of one document under several names become one", async () => {
  const { client, jar, visit } = open(1);
  jar.cookie = "gbuuid=7";
  jar.cookie = `gbStickyBuckets__id%7C%7C7=${
    encodeURIComponent(JSON.stringify({
      attributeName: "id",
      attributeValue: "7",
      assignments: { old__0: "1" },
    }))
  }`;
  visit(nothing, ["feature-0"]);
  assertEquals(jar.cookie.match(/gbStickyBuckets/g)?.length, 1);
  assertEquals(assignmentsIn(jar).length, 2);
  await client.close();
});

Deno.test("sticky cookies that are no documents of the user count for nothing", async () => {
  const { client, jar, visit } = open(1);
  jar.cookie = "gbuuid=7";
  for (const text of ["{", "null", "[]", '{"attributeName":"id"}', "%"]) {
    jar.cookie = `gbStickyBuckets__id||7=${text}`;
    jar.cookie = `gbStickyBuckets__${text.replaceAll("=", "")}=1`;
    assertEquals(visit(nothing, ["feature-0"]).length > 0, true);
  }
  await client.close();
});

Deno.test("sticky cookies without room are told of once for all requests of a client", async () => {
  const { client, errors, visit } = open(120);
  const keys = Array.from({ length: 120 }, (_, index) => `feature-${index}`);
  visit(nothing, keys.slice(0, 60));
  visit(nothing, keys.slice(60));
  assertEquals(errors.length, 1);
  await client.close();
});
