import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  cookieStickyBuckets,
  type CookieStickyBucketsOptions,
} from "../../../adapters/sticky/cookie_sticky_buckets.ts";
import { type CookieJar, cookieJar } from "../../support/web/cookie_jar.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";
import { testLaw } from "../../support/test_law.ts";

/** A store over the cookies of a page. */
function storeOf(
  jar: CookieJar,
  options: Partial<CookieStickyBucketsOptions> = {},
) {
  return cookieStickyBuckets({
    read: () => jar.cookie,
    write: (cookie) => {
      jar.cookie = cookie;
    },
    ...options,
  });
}

/** The cookies that a store sets for one assignment. */
function write(
  options: Partial<CookieStickyBucketsOptions> = {},
): readonly string[] {
  const written: string[] = [];
  const store = cookieStickyBuckets({
    read: () => null,
    write: (cookie) => written.push(cookie),
    ...options,
  });
  store.save(documentOf("7", { button__0: "blue" }));
  return written;
}

function attributesOf(
  options: Partial<CookieStickyBucketsOptions>,
): string | undefined {
  return write(options)[0]?.split("; ").slice(1).join("; ");
}

Deno.test("cookies() are for the whole site, encrypted connections and half a year by default", () => {
  assertEquals(
    attributesOf({}),
    "Path=/; Max-Age=15552000; SameSite=Lax; Secure",
  );
});

Deno.test("cookies() have the attributes that they are given", () => {
  assertEquals(
    attributesOf({
      path: "/shop",
      domain: "example.com",
      maxAge: 60,
      sameSite: "Strict",
      secure: false,
      httpOnly: true,
    }),
    "Path=/shop; Domain=example.com; Max-Age=60; SameSite=Strict; HttpOnly",
  );
});

Deno.test("cookies() have the prefix that they are given", () => {
  assert(write({ prefix: "mine_" })[0]?.startsWith("mine_id||7={"));
});

Deno.test("cookies() are not for encrypted connections alone on a page or request of http:", () => {
  const plain = "Path=/; Max-Age=15552000; SameSite=Lax";
  const encrypted = `${plain}; Secure`;
  assertEquals(attributesOf({ url: "http://shop.example/" }), plain);
  assertEquals(attributesOf({ url: new URL("http://localhost:8000") }), plain);
  assertEquals(attributesOf({ url: "https://shop.example/" }), encrypted);
  assertEquals(attributesOf({ url: "/relative" }), encrypted);
  assertEquals(
    attributesOf({ url: "https://shop.example/", secure: false }),
    plain,
  );
  assertEquals(
    attributesOf({ url: "http://localhost:8000", secure: true }),
    encrypted,
  );
});

Deno.test("cookies() goes by the protocol of the page", () => {
  withGlobals({ location: { href: "http://shop.example/a" } }, () => {
    assertEquals(
      attributesOf({}),
      "Path=/; Max-Age=15552000; SameSite=Lax",
    );
    assertThrows(() => attributesOf({ secure: true }), TypeError, "http:");
  });
});

Deno.test("cookies() tells that a browser took no cookie, and knows the assignment all the same", () => {
  withGlobals({ document: {} }, () => {
    const store = cookieStickyBuckets({ read: () => "", write: () => {} });
    assertThrows(
      () => store.save(documentOf("7", { a__0: "1" })),
      Error,
      "the browser took no cookie",
    );
    assertEquals(store.load([nameOf("7")]), {
      "id||7": documentOf("7", { a__0: "1" }),
    });
    const jar = cookieJar();
    storeOf(jar).save(documentOf("7", { a__0: "1" }));
  });
});

testLaw(
  "cookies() gives back what another one saved, whatever the names",
  300,
  [fc.uniqueArray(
    fc.string({ unit: "binary", maxLength: 20 })
      .map((value) => value.toWellFormed()),
  )],
  (values) => {
    const jar = cookieJar();
    for (const value of values) {
      storeOf(jar).save(documentOf(value, { a__0: value }));
    }
    assertEquals(
      storeOf(jar).load(values.map(nameOf)),
      Object.fromEntries(
        values.map((value) => [
          `id||${value}`,
          documentOf(value, { a__0: value }),
        ]),
      ),
    );
  },
);

/** Does something while there are other globals, as on a page. */
function withGlobals(
  values: Readonly<Record<string, unknown>>,
  act: () => void,
) {
  const before = Object.keys(values).map((name) =>
    [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const
  );
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  try {
    act();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

for (
  const [what, options] of [
    ["a path that ends itself", { path: "/; HttpOnly" }],
    ["a domain that begins a header", { domain: "a.com\r\nSet-Cookie: b=c" }],
    ["a domain with a control character", { domain: "a\u0000.com" }],
    ["a cookie for everywhere that isn't secure", {
      sameSite: "None",
      secure: false,
    }],
  ] as const
) {
  Deno.test(`cookies() refuses ${what}`, () => {
    assertThrows(() => storeOf(cookieJar(), options), TypeError);
  });
}

Deno.test("cookies() refuses a lifetime that is no whole number", () => {
  for (const maxAge of [NaN, Infinity, 0.5]) {
    assertThrows(() => storeOf(cookieJar(), { maxAge }), RangeError);
  }
});

Deno.test("cookies() doesn't let a document grow beyond what browsers take, and keeps what is there", async () => {
  const jar = cookieJar();
  const store = storeOf(jar);
  const save = (number: number) =>
    store.save(
      documentOf("7", { [`some-experiment-${number}__0`]: "control" }),
    );
  let count = 0;
  assertThrows(
    () => {
      for (; count < 1_000; count++) save(count);
    },
    RangeError,
    "bytes, more than 4096",
  );
  const documents = await store.load([nameOf("7")]);
  assertEquals(
    Object.keys(documents["id||7"]?.assignments ?? {}).length,
    count,
  );
  assert(count > 80);
});

Deno.test("cookies() of two tabs unite, whoever saves when", async () => {
  const jar = cookieJar();
  const [one, other] = [storeOf(jar), storeOf(jar)];
  one.save(documentOf("7", { a__0: "1" }));
  other.save(documentOf("7", { b__0: "1" }));
  one.save(documentOf("7", { c__0: "1" }));
  for (const store of [one, other, storeOf(jar)]) {
    const documents = await store.load([nameOf("7")]);
    assertEquals(documents["id||7"]?.assignments, {
      a__0: "1",
      b__0: "1",
      c__0: "1",
    });
  }
});

Deno.test("cookies() forgets what was deleted", async () => {
  const jar = cookieJar();
  const store = storeOf(jar);
  store.save(documentOf("7", { a__0: "1" }));
  jar.cookie = "gbStickyBuckets__id||7=; Max-Age=0";
  assertEquals(await store.load([nameOf("7")]), {});
});

Deno.test("cookies() of a request unite with all that is saved for its response", () => {
  const requested = cookieJar();
  storeOf(requested).save(documentOf("7", { a__0: "1" }));
  const headers = new Headers();
  const store = cookieStickyBuckets({
    read: () => requested.cookie,
    write: (cookie) => headers.append("Set-Cookie", cookie),
  });
  store.save(documentOf("7", { b__0: "1" }));
  store.save(documentOf("7", { c__0: "1" }));
  const browser = cookieJar();
  headers.getSetCookie().forEach((cookie) => browser.cookie = cookie);
  const documents = storeOf(browser).load([nameOf("7")]);
  assertEquals(documents, {
    "id||7": documentOf("7", { a__0: "1", b__0: "1", c__0: "1" }),
  });
});

Deno.test("cookies() unite what stands under one name for several paths; the nearest counts most", async () => {
  const jar = cookieJar();
  storeOf(jar).save(documentOf("7", { a__0: "far", b__0: "far" }));
  storeOf(cookieJar(), {
    write: (cookie) => {
      jar.cookie = cookie;
    },
    path: "/shop",
  }).save(documentOf("7", { a__0: "near" }));
  const documents = await storeOf(jar).load([nameOf("7")]);
  assertEquals(documents["id||7"]?.assignments, { a__0: "near", b__0: "far" });
});

Deno.test("cookies() takes nothing from the document of somebody else", async () => {
  const text = JSON.stringify(documentOf("8", { a__0: "1" }));
  const store = cookieStickyBuckets({
    read: () => `gbStickyBuckets__id||7=${encodeURIComponent(text)}`,
    write: () => {},
  });
  assertEquals(await store.load([nameOf("7")]), {});
});

Deno.test("cookies() leaves out assignments that are no texts", async () => {
  const text =
    '{"attributeName":"id","attributeValue":"7","assignments":{"a__0":1,"__proto__":"x","b__0":"1"}}';
  const store = cookieStickyBuckets({
    read: () => `gbStickyBuckets__id||7=${encodeURIComponent(text)}`,
    write: () => {},
  });
  const documents = await store.load([nameOf("7")]);
  assertEquals(Object.entries(documents["id||7"]?.assignments ?? {}), [
    ["__proto__", "x"],
    ["b__0", "1"],
  ]);
});

testLaw(
  "cookies() always bears what it reads, and saves all the same",
  500,
  [fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(
      fc.constantFrom(
        ...["gbStickyBuckets__id||7", "gbStickyBuckets__id%7C%7C7", "=", ";"],
        ...[
          "%",
          "%7B",
          "%E0%A4",
          '"',
          "{",
          "}",
          "\r\n",
          "\u0000",
          "[]",
          "null",
        ],
        ...['{"attributeName":"id","attributeValue":"7","assignments":', "[1]"],
      ),
      { maxLength: 12 },
    ).map((parts) => parts.join("")),
  )],
  (text) => {
    const written: string[] = [];
    const store = cookieStickyBuckets({
      read: () => text,
      write: (cookie) => written.push(cookie),
    });
    store.load([nameOf("7")]);
    store.save(documentOf("7", { a__0: "1" }));
    const documents = store.load([nameOf("7")]) as Record<
      string,
      { readonly assignments: object }
    >;
    assertEquals(
      Object.entries(documents["id||7"]!.assignments).at(-1),
      ["a__0", "1"],
    );
    // Nothing of what was read gets out of its place in a header.
    // deno-lint-ignore no-control-regex -- what would end a header
    assert(written.every((cookie) => !/[\u0000-\u001f]/.test(cookie)));
    assert(written.every((cookie) => cookie.split(";").length === 5));
  },
);

Deno.test("cookieStickyBuckets() refuses what can't be meant", () => {
  const read = () => "";
  const write = () => {};
  const start = "Cannot keep sticky buckets in cookies:";
  const wrong: readonly (readonly [unknown, string])[] = [
    [undefined, "options should be an object, the current value is undefined"],
    [{ write }, "read should be a function, the current value is undefined"],
    [{ read }, "write should be a function, the current value is undefined"],
    [{ read, write, set: write }, 'there is no option "set"'],
    [{ read, write, secure: "yes" }, "secure should be true or false, the"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      () => cookieStickyBuckets(options as never),
      TypeError,
      `${start} ${message}`,
    );
  }
});
