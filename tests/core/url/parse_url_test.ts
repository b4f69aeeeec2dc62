import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { appendParameters, parseUrl } from "../../../core/url/parse_url.ts";
import { runs } from "../../support/runs.ts";

Deno.test("parseUrl() takes a URL apart", () => {
  const url = parseUrl("HTTP://me:pw@Example.com:81/A b?q=x+y&q=2&é#F g")!;
  const { href, origin, protocol, host, pathname, hash, searchParams } = url;
  assertEquals(
    { href, origin, protocol, host, pathname, hash },
    {
      href: "http://me:pw@example.com:81/A%20b?q=x+y&q=2&%C3%A9#F%20g",
      origin: "http://example.com:81",
      protocol: "http:",
      host: "example.com:81",
      pathname: "/A%20b",
      hash: "#F%20g",
    },
  );
  assertEquals([...searchParams], [["q", "x y"], ["q", "2"], ["é", ""]]);
  assertEquals(searchParams.get("q"), "x y");
  assertEquals(searchParams.get("x"), null);
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
  fc.assert(
    fc.property(fc.anything(), fc.string(), (url, base) => {
      parseUrl(url as string);
      parseUrl(url as string, base);
    }),
    runs(100),
  );
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
