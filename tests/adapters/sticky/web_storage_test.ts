import { assertEquals, assertThrows } from "@std/assert";
import { webStorageStickyBuckets } from "../../../adapters/sticky/web_storage_sticky_buckets.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";

const key = "gbStickyBuckets__id||7";

function storageOf(texts: Map<string, string>) {
  return {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => void texts.set(name, text),
  };
}

Deno.test("webStorage() keeps a document as JSON under the key of the official SDK", () => {
  const texts = new Map<string, string>();
  webStorageStickyBuckets(storageOf(texts)).save(
    documentOf("7", { a__0: "1" }),
  );
  assertEquals([...texts], [[
    key,
    JSON.stringify(documentOf("7", { a__0: "1" })),
  ]]);
});

Deno.test("webStorage() of two tabs unite", () => {
  const storage = storageOf(new Map());
  const [one, other] = [
    webStorageStickyBuckets(storage),
    webStorageStickyBuckets(storage),
  ];
  one.save(documentOf("7", { a__0: "1" }));
  other.save(documentOf("7", { b__0: "1" }));
  one.save(documentOf("7", { c__0: "1" }));
  assertEquals(other.load([nameOf("7")]), {
    "id||7": documentOf("7", { a__0: "1", b__0: "1", c__0: "1" }),
  });
});

for (const text of ["", "{", "null", "[]", "7", '{"assignments":{}}']) {
  Deno.test(`webStorage() takes ${JSON.stringify(text)} for no document, and saves over it`, () => {
    const store = webStorageStickyBuckets(storageOf(new Map([[key, text]])));
    assertEquals(store.load([nameOf("7")]), {});
    store.save(documentOf("7", { a__0: "1" }));
    assertEquals(store.load([nameOf("7")]), {
      "id||7": documentOf("7", { a__0: "1" }),
    });
  });
}

Deno.test("webStorage() throws where the storage is forbidden or full", () => {
  const storage = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  const store = webStorageStickyBuckets(storage);
  assertThrows(() => store.save(documentOf("7", {})), DOMException, "full");
});

Deno.test("webStorage() looks for the page's storage only when it is used, and throws where there is none", () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "localStorage")!;
  Object.defineProperty(globalThis, "localStorage", {
    value: undefined,
    configurable: true,
  });
  try {
    const store = webStorageStickyBuckets();
    assertThrows(
      () => store.load([nameOf("7")]),
      Error,
      "Cannot use the storage of the page: there is none",
    );
  } finally {
    Object.defineProperty(globalThis, "localStorage", own);
  }
});

/** Makes a store as a tab of a page does, in which another tab may put a text, or remove it. */
function openTab() {
  const texts = new Map<string, string>();
  Object.defineProperty(globalThis, "document", {
    value: {},
    configurable: true,
  });
  const store = webStorageStickyBuckets(storageOf(texts));
  Reflect.deleteProperty(globalThis, "document");
  const tell = (newValue: string | null, told: string | null = key) =>
    dispatchEvent(
      Object.assign(new Event("storage"), { key: told, newValue }),
    );
  return {
    store,
    put: (assignments: { readonly [name: string]: string }) => {
      const text = JSON.stringify(documentOf("7", assignments));
      texts.set(key, text);
      tell(text);
    },
    remove: () => {
      texts.clear();
      tell(null);
    },
    texts,
    tell,
    kept: () => JSON.parse(texts.get(key) ?? "{}").assignments,
  };
}

Deno.test("webStorage() adds what another tab wrote over, and leaves what that one put there", () => {
  const { store, put, kept } = openTab();
  store.save(documentOf("7", { a__0: "1" }));
  store.save(documentOf("7", { b__0: "1" }));
  put({ b__0: "2", c__0: "1" });
  assertEquals(kept(), { a__0: "1", b__0: "2", c__0: "1" });
  put({ d__0: "1" });
  assertEquals(kept(), { a__0: "1", b__0: "2", c__0: "1", d__0: "1" });
});

Deno.test("webStorage() brings nothing back that was removed, here or in another tab", () => {
  const { store, put, remove, kept } = openTab();
  store.save(documentOf("7", { a__0: "1" }));
  remove();
  put({ b__0: "1" });
  assertEquals(kept(), { b__0: "1" });
  store.save(documentOf("7", { c__0: "1" }));
  store.erase?.(nameOf("7"));
  put({ d__0: "1" });
  assertEquals(kept(), { d__0: "1" });
});

Deno.test("webStorage() brings nothing back while it is told of what changed before the removal", () => {
  const { store, put, texts, tell, kept } = openTab();
  store.save(documentOf("7", { a__0: "1" }));
  texts.delete(key);
  tell("out", "session");
  assertEquals(texts.size, 0);
  put({ b__0: "1" });
  assertEquals(kept(), { b__0: "1" });
});

Deno.test("webStorage() adds what is missing also after something else was removed", () => {
  const { store, put, tell, kept } = openTab();
  store.save(documentOf("7", { a__0: "1" }));
  tell(null, "probe");
  put({ b__0: "1" });
  assertEquals(kept(), { a__0: "1", b__0: "1" });
  // All was removed.
  tell(null, null);
  put({ c__0: "1" });
  assertEquals(kept(), { c__0: "1" });
});
