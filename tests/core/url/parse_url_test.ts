import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { appendParameters, parseUrl } from "../../../core/url/parse_url.ts";

Deno.test("parseUrl() takes a URL apart", () => {
  assertEquals(parseUrl("HTTP://me:pw@Example.com:81/A b?q=x+y&q=2&é#F g"), {
    href: "http://me:pw@example.com:81/A%20b?q=x+y&q=2&%C3%A9#F%20g",
    origin: "http://example.com:81",
    protocol: "http:",
    host: "example.com:81",
    path: "/A%20b",
    fragment: "#F%20g",
    parameters: [["q", "x y"], ["q", "2"], ["é", ""]],
  });
});

Deno.test("parseUrl() resolves a relative URL against the base", () => {
  assertEquals(parseUrl("x", "https://_")?.href, "https://_/x");
});

Deno.test("parseUrl() gives null for a relative URL without a base", () => {
  assertEquals(parseUrl("/x"), null);
});

Deno.test("parseUrl() gives null for what cannot be parsed", () => {
  assertEquals(parseUrl("http://[", "https://_"), null);
});

Deno.test("parseUrl() never throws", () => {
  fc.assert(fc.property(fc.anything(), fc.string(), (url, base) => {
    parseUrl(url as string);
    parseUrl(url as string, base);
  }));
});

Deno.test("appendParameters() encodes what it adds", () => {
  assertEquals(
    appendParameters("https://example.com/?a=1#f", [["b c", "&=é"]]),
    "https://example.com/?a=1&b+c=%26%3D%C3%A9#f",
  );
});

Deno.test("appendParameters() leaves the query alone when it adds nothing", () => {
  assertEquals(
    appendParameters("https://example.com/?a=%20'&&", []),
    "https://example.com/?a=%20%27&&",
  );
});

Deno.test("appendParameters() gives null for a relative URL", () => {
  assertEquals(appendParameters("/x", [["a", "1"]]), null);
});
