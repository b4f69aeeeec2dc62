import { assertEquals } from "@std/assert";
import { cookieStickyBuckets } from "../../../adapters/sticky/cookie_sticky_buckets.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";
import { type CookieJar, cookieJar } from "../../support/web/cookie_jar.ts";

type Assignments = { readonly [name: string]: string };

/** Does something as on a page whose browser tells of changed cookies, if it does. */
function onPage(
  action: (tell: (deleted: readonly unknown[]) => void) => void,
  cookieStore: EventTarget | null = new EventTarget(),
): void {
  const page = { document: {}, cookieStore };
  for (const [name, value] of Object.entries(page)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  try {
    action((deleted) =>
      cookieStore?.dispatchEvent(
        Object.assign(new Event("change"), { deleted }),
      )
    );
  } finally {
    for (const name of Object.keys(page)) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
}

function storeOf(jar: CookieJar, afterWrite: () => void = () => {}) {
  const store = cookieStickyBuckets({
    read: () => jar.cookie,
    write: (cookie) => {
      jar.cookie = cookie;
      afterWrite();
    },
  });
  const kept = () => {
    const name = nameOf("7");
    const reader = cookieStickyBuckets({
      read: () => jar.cookie,
      write: () => {},
    });
    const documents = reader.load([name]) as {
      readonly [key: string]: { readonly assignments: Assignments };
    };
    return documents["id||7"]?.assignments;
  };
  return { store, kept };
}

/** Writes a document in the place of the one that is there, as a tab does that knows of no other. */
function putInto(jar: CookieJar, assignments: Assignments): void {
  jar.cookie = `gbStickyBuckets__id||7=${
    encodeURIComponent(JSON.stringify(documentOf("7", assignments)))
  }; Path=/`;
}

Deno.test("cookies() add what another tab wrote over, and bring nothing back that was removed", () => {
  onPage((tell) => {
    const jar = cookieJar();
    const { store, kept } = storeOf(jar);
    store.save(documentOf("7", { a__0: "1" }));
    store.save(documentOf("7", { b__0: "1" }));
    putInto(jar, { b__0: "2", c__0: "1" });
    tell([]);
    assertEquals(kept(), { a__0: "1", b__0: "2", c__0: "1" });
    jar.cookie = "gbStickyBuckets__id||7=; Path=/; Max-Age=0";
    tell([{ name: "gbStickyBuckets__id||7" }]);
    putInto(jar, { d__0: "1" });
    tell([]);
    assertEquals(kept(), { d__0: "1" });
  });
});

Deno.test("cookies() don't take what another tab wrote at once for a refusal of the browser", () => {
  onPage((tell) => {
    const jar = cookieJar();
    let isFirst = true;
    const { store, kept } = storeOf(jar, () => {
      if (isFirst) putInto(jar, { b__0: "1" });
      isFirst = false;
    });
    store.save(documentOf("7", { a__0: "1" }));
    assertEquals(kept(), { b__0: "1" });
    tell([]);
    assertEquals(kept(), { a__0: "1", b__0: "1" });
  });
});

Deno.test("cookies() are kept where a browser tells of no change", () => {
  onPage(() => {
    const { store, kept } = storeOf(cookieJar());
    store.save(documentOf("7", { a__0: "1" }));
    assertEquals(kept(), { a__0: "1" });
  }, null);
});

Deno.test("cookies() bring nothing back while they are told of what changed before the removal", () => {
  onPage((tell) => {
    const jar = cookieJar();
    const { store, kept } = storeOf(jar);
    store.save(documentOf("7", { a__0: "1" }));
    jar.cookie = "gbStickyBuckets__id||7=; Path=/; Max-Age=0";
    tell([]);
    assertEquals(kept(), undefined);
  });
});

Deno.test("cookies() add what is missing also after another cookie was removed", () => {
  onPage((tell) => {
    const jar = cookieJar();
    const { store, kept } = storeOf(jar);
    store.save(documentOf("7", { a__0: "1" }));
    tell([{ name: "probe" }]);
    putInto(jar, { b__0: "1" });
    tell([]);
    assertEquals(kept(), { a__0: "1", b__0: "1" });
  });
});

Deno.test("cookies() are kept where a page has something of its own by the name of the cookie store", () => {
  onPage(() => {
    const { store, kept } = storeOf(cookieJar());
    store.save(documentOf("7", { a__0: "1" }));
    assertEquals(kept(), { a__0: "1" });
  }, {} as EventTarget);
});
