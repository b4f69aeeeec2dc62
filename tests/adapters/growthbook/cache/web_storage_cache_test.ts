import { assertEquals, assertThrows } from "@std/assert";
import { webStorageCache } from "../../../../adapters/growthbook/mod.ts";
import { webStorageStickyBuckets } from "../../../../adapters/client/mod.ts";
import { give } from "../../../faults/answers.ts";
import { openSetting } from "../../../faults/open_setting.ts";

/** What browsers do at the mere word, where cookies and storage are denied. */
function denied(): Storage {
  throw new DOMException("The operation is insecure.", "SecurityError");
}

const full = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
};

for (
  const [what, access, told] of [
    ["denied", denied, [
      "Cannot read the kept payload: the store failed (SecurityError)",
      "Cannot write the kept payload: the store failed (SecurityError)",
    ]],
    ["missing", () => undefined, [
      "Cannot read the kept payload: the store failed (Error)",
      "Cannot write the kept payload: the store failed (Error)",
    ]],
    ["full", () => full, [
      "Cannot write the kept payload: the store failed (QuotaExceededError)",
    ]],
  ] as const
) {
  Deno.test(`webStorageCache() and webStorageStickyBuckets() are made where the storage is ${what}`, () => {
    webStorageCache(access);
    const store = webStorageStickyBuckets(access);
    assertThrows(() =>
      store.save({ attributeName: "a", attributeValue: "b", assignments: {} })
    );
  });

  Deno.test(`growthbookSource() does without a storage that is ${what}, and reports it`, async () => {
    const reports: string[] = [];
    await using setting = openSetting({ requests: [give(1)] }, {
      polling: false,
      cache: { store: webStorageCache(access) },
      onCacheError: ({ message }) => void reports.push(message),
    });
    await setting.until("0 ok none");
    assertEquals(reports, [...told]);
  });
}

Deno.test("webStorageCache() tells of what is no storage", () => {
  for (const odd of [undefined, {}, "localStorage", () => ({})]) {
    assertThrows(
      () => webStorageCache(odd as never).load("a"),
      Error,
      "Cannot use the storage of the page: there is none",
    );
  }
});
