import { cookieStickyBuckets } from "../../../adapters/sticky/cookie_sticky_buckets.ts";
import { logStickyBuckets } from "../../../adapters/sticky/log_sticky_buckets.ts";
import { memoryStickyBuckets } from "../../../adapters/sticky/memory_sticky_buckets.ts";
import { webStorageStickyBuckets } from "../../../adapters/sticky/web_storage_sticky_buckets.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { testStickyBucketStore } from "../../contracts/sticky_bucket_store_contract.ts";
import { cookieJar } from "../../support/web/cookie_jar.ts";

testStickyBucketStore("memory()", memoryStickyBuckets);

testStickyBucketStore("webStorage()", () => {
  const texts = new Map<string, string>();
  return webStorageStickyBuckets({
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
  });
});

testStickyBucketStore("cookies() of a page", () => {
  const jar = cookieJar();
  return cookieStickyBuckets({
    read: () => jar.cookie,
    write: (cookie) => {
      jar.cookie = cookie;
    },
  });
});

testStickyBucketStore(
  "cookies() of a response",
  () => cookieStickyBuckets({ read: () => undefined, write: () => {} }),
);

testStickyBucketStore("fromLog()", () => logStickyBuckets(memoryStore()));
