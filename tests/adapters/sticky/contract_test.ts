import { cookies } from "../../../adapters/sticky/cookie_sticky_buckets.ts";
import { fromLog } from "../../../adapters/sticky/log_sticky_buckets.ts";
import { memory } from "../../../adapters/sticky/memory_sticky_buckets.ts";
import { webStorage } from "../../../adapters/sticky/web_storage_sticky_buckets.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { testStickyBucketStore } from "../../contracts/sticky_bucket_store_contract.ts";
import { cookieJar } from "../../support/cookie_jar.ts";

testStickyBucketStore("memory()", memory);

testStickyBucketStore("webStorage()", () => {
  const texts = new Map<string, string>();
  return webStorage({
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
  });
});

testStickyBucketStore("cookies() of a page", () => {
  const jar = cookieJar();
  return cookies({
    read: () => jar.cookie,
    write: (cookie) => {
      jar.cookie = cookie;
    },
  });
});

testStickyBucketStore(
  "cookies() of a response",
  () => cookies({ read: () => undefined, write: () => {} }),
);

testStickyBucketStore("fromLog()", () => fromLog(memoryStore()));
