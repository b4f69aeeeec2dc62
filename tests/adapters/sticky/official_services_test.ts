import {
  BrowserCookieStickyBucketService,
  ExpressCookieStickyBucketService,
  LocalStorageStickyBucketService,
} from "@growthbook/growthbook";
import { assertEquals } from "@std/assert";
import { parse, serialize } from "cookie";
import jsCookie from "js-cookie";
import { cookieStickyBuckets } from "../../../adapters/sticky/cookie_sticky_buckets.ts";
import { webStorageStickyBuckets } from "../../../adapters/sticky/web_storage_sticky_buckets.ts";
import { type CookieJar, cookieJar } from "../../support/web/cookie_jar.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";

const values = [
  "7",
  "ana@example.com",
  "a||b",
  "+49 (1) #2",
  'é%7B;,="',
  "[1]",
];

const before = { button__0: "blue", "it's a test__1": "control" };
const after = { price__0: "low" };

function storageOf(texts: Map<string, string>) {
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  };
}

for (const value of values) {
  Deno.test(`webStorage() and the official service unite their assignments of ${value}`, async () => {
    const storage = storageOf(new Map());
    const ours = webStorageStickyBuckets(storage);
    const theirs = new LocalStorageStickyBucketService({
      localStorage: storage,
    });
    await theirs.saveAssignments(documentOf(value, before));
    await ours.save(documentOf(value, after));
    const united = documentOf(value, { ...before, ...after });
    assertEquals(await theirs.getAssignments("id", value), united);
    assertEquals(await ours.load([nameOf(value)]), {
      [`id||${value}`]: united,
    });
  });

  Deno.test(`cookies() and the official service for browsers unite their assignments of ${value}`, async () => {
    await withDocument(async (page) => {
      const ours = cookieStickyBuckets({
        read: () => page.cookie,
        write: (cookie) => {
          page.cookie = cookie;
        },
      });
      const theirs = new BrowserCookieStickyBucketService({ jsCookie });
      await theirs.saveAssignments(documentOf(value, before));
      await ours.save(documentOf(value, after));
      const united = documentOf(value, { ...before, ...after });
      assertEquals(await theirs.getAssignments("id", value), united);
      assertEquals(await ours.load([nameOf(value)]), {
        [`id||${value}`]: united,
      });
      assertEquals(page.cookie.split("; ").length, 1);
    });
  });

  // Express refuses names that have brackets in them.
  if (value.includes("(")) continue;
  for (
    const [how, encode] of [
      ["encodes once more", undefined],
      ["leaves as it is", String],
    ] as const
  ) {
    Deno.test(`cookies() reads what the official service for Express writes and Express ${how}: ${value}`, async () => {
      const jar = cookieJar();
      const theirs = new ExpressCookieStickyBucketService({
        req: { cookies: {} },
        res: express(jar, encode),
      });
      await theirs.saveAssignments(documentOf(value, before));
      const ours = cookieStickyBuckets({
        read: () => jar.cookie,
        write: (cookie) => {
          jar.cookie = cookie;
        },
      });
      assertEquals(await ours.load([nameOf(value)]), {
        [`id||${value}`]: documentOf(value, before),
      });
      await ours.save(documentOf(value, after));
      assertEquals(await ours.load([nameOf(value)]), {
        [`id||${value}`]: documentOf(value, { ...before, ...after }),
      });
      assertEquals(jar.cookie.split("; ").length, 1);
    });
  }
}

Deno.test("cookies() are read by the official service for Express, where the name needs no encoding", async () => {
  const jar = cookieJar();
  await cookieStickyBuckets({
    read: () => jar.cookie,
    write: (cookie) => {
      jar.cookie = cookie;
    },
  }).save(documentOf("7", before));
  const theirs = new ExpressCookieStickyBucketService({
    req: { cookies: parse(jar.cookie) as Record<string, string> },
    res: express(jar),
  });
  assertEquals(
    await theirs.getAssignments("id", "7"),
    documentOf("7", before),
  );
});

/** A response as Express has it, which sets cookies by means of `cookie`. */
function express(jar: CookieJar, encode?: (text: string) => string) {
  const response = {
    cookie(name: string, text: string) {
      jar.cookie = serialize(name, text, {
        path: "/",
        maxAge: 1_000,
        ...(encode && { encode }),
      });
      return response;
    },
  };
  return response;
}

/** `js-cookie` looks for the page's document wherever it is called. */
async function withDocument(
  test: (page: CookieJar) => Promise<void>,
): Promise<void> {
  const page = cookieJar();
  Object.defineProperty(globalThis, "document", {
    value: page,
    configurable: true,
  });
  try {
    await test(page);
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
}
