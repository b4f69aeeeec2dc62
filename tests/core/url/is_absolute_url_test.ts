import { assertEquals } from "@std/assert";
import { isAbsoluteUrl } from "../../../core/url/is_absolute_url.ts";

const absolute: readonly string[] = [
  "https://example.com",
  "HTTP://example.com",
  " https://example.com ",
  "http:example.com",
  "https:\\\\example.com",
  "localhost:3000/x",
  "mailto:x",
  "custom://x",
];

const relative: readonly unknown[] = [
  "",
  "/x",
  "x",
  "?q=1",
  "#f",
  "example.com/x",
  "//example.com/x",
  "http://",
  "http://[",
  "http://a b/",
  "http://example.com:99999",
  undefined,
  null,
  5,
  {},
  Object.create(null),
];

for (const url of absolute) {
  Deno.test(`isAbsoluteUrl() accepts ${JSON.stringify(url)}`, () => {
    assertEquals(isAbsoluteUrl(url), true);
  });
}

for (const [index, url] of relative.entries()) {
  const text = JSON.stringify(url) ?? "undefined";
  Deno.test(`isAbsoluteUrl() refuses ${text} (${index})`, () => {
    assertEquals(isAbsoluteUrl(url as string), false);
  });
}
