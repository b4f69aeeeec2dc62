import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { attributesOf } from "../../../adapters/web/mod.ts";
import { readLanguages } from "../../../adapters/web/request/read_languages.ts";
import { runs } from "../../support/runs.ts";

function languages(header: string) {
  return attributesOf({ headers: { "accept-language": header } })["languages"];
}

Deno.test("attributesOf() names what GrowthBook's plugin for browsers names", () => {
  const request = new Request(
    "https://shop.example:8443/sale?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e",
    {
      headers: {
        "user-agent":
          "Mozilla/5.0 (iPhone) AppleWebKit/605 Version/17 Mobile Safari/604",
      },
    },
  );
  assertEquals(attributesOf(request), {
    url: request.url,
    host: "shop.example:8443",
    path: "/sale",
    query: new URL(request.url).search,
    userAgent:
      "Mozilla/5.0 (iPhone) AppleWebKit/605 Version/17 Mobile Safari/604",
    browser: "safari",
    deviceType: "mobile",
    utmSource: "a",
    utmMedium: "b",
    utmCampaign: "c",
    utmTerm: "d",
    utmContent: "e",
  });
});

Deno.test("attributesOf() tells the browsers apart", () => {
  const agents = {
    edge: "Mozilla/5.0 Chrome/120 Safari/537 Edg/120",
    chrome: "Mozilla/5.0 Chrome/120 Safari/537",
    firefox: "Mozilla/5.0 Gecko Firefox/130",
    unknown: "curl/8",
  };
  const browsers = Object.values(agents).map((agent) =>
    attributesOf({ headers: { "user-agent": agent } })["browser"]
  );
  assertEquals(browsers, Object.keys(agents));
});

Deno.test("attributesOf() leaves out what the request does not tell", () => {
  assertEquals(attributesOf({ headers: {} }), {
    path: "/",
    query: "",
    browser: "unknown",
    deviceType: "desktop",
  });
});

Deno.test("attributesOf() lists languages from the most to the least wanted", () => {
  assertEquals(languages("en;q=0.5, fr-CH, de;q=0.9, fr-CH;q=0.1"), [
    "fr-CH",
    "de",
    "en",
  ]);
});

Deno.test("attributesOf() leaves out languages that are none or unwanted", () => {
  assertEquals(languages("*, en;q=0, <b>, de;q=nine, a b, fr"), ["fr"]);
});

Deno.test("attributesOf() lists ten languages at most", () => {
  const many = Array.from({ length: 99 }, (_, index) => `en-${index}`);
  assertEquals((languages(many.join()) as string[]).length, 10);
});

Deno.test("attributesOf() believes a proxy where it is told to, and nobody else", () => {
  const request = new Request("http://10.0.0.1:3000/a", {
    headers: {
      "x-forwarded-proto": "https, http",
      "x-forwarded-host": "Shop.Example, inner",
    },
  });
  const [alone, trusted] = [false, true].map((trustProxy) =>
    attributesOf(request, { trustProxy })["url"]
  );
  assertEquals([alone, trusted], [
    "http://10.0.0.1:3000/a",
    "https://shop.example/a",
  ]);
});

Deno.test("attributesOf() takes no rubbish of a trusted proxy", () => {
  const request = new Request("https://shop.example/a", {
    headers: {
      "x-forwarded-proto": "javascript",
      "x-forwarded-host": "evil.example/path?",
    },
  });
  const { url } = attributesOf(request, { trustProxy: true });
  assertEquals(url, "https://shop.example/a");
});

Deno.test("attributesOf() reads a request of Node", () => {
  const headers = { host: "shop.example", referer: "https://a.example/" };
  const request = {
    url: "//cart?a=1#b",
    headers,
    socket: { encrypted: true },
  };
  const { url, path, query, referrer } = attributesOf(request);
  assertEquals([url, path, query, referrer], [
    "https://shop.example//cart?a=1",
    "//cart",
    "?a=1",
    "https://a.example/",
  ]);
});

Deno.test("attributesOf() takes no rubbish for a host", () => {
  for (const host of ["a b", "<script>", "a/b", "x".repeat(300), "a@b"]) {
    const request = { url: "/", headers: { host }, socket: {} };
    assertEquals(attributesOf(request)["host"], undefined);
  }
});

Deno.test("attributesOf() takes what is no address for /", () => {
  const headers = { host: "shop.example" };
  const socket = { encrypted: true };
  for (
    const url of ["*", "shop.example:443", "sale?a=1", "ftp://a/b", "", "?"]
  ) {
    const { path, query, url: address } = attributesOf({
      url,
      headers,
      socket,
    });
    assertEquals([path, query, address], ["/", "", "https://shop.example/"]);
  }
  const { path, query } = attributesOf({ url: "?a=1", headers });
  assertEquals([path, query], ["/", "?a=1"]);
});

Deno.test("attributesOf() cuts off what is too long", () => {
  const long = "x".repeat(100_000);
  const { path, query, userAgent, referrer, utmTerm } = attributesOf({
    url: `/${long}?utm_term=${long}`,
    headers: { "user-agent": long, referer: long },
  });
  const lengths = [path, query, userAgent, referrer, utmTerm]
    .map((text) => String(text).length);
  assertEquals(lengths, [2048, 2048, 512, 2048, 256]);
});

Deno.test("attributesOf() never throws, whatever the headers", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.boolean(),
      (url, one, other, trustProxy) => {
        const headers = {
          host: one,
          "accept-language": other,
          cookie: one,
          referer: other,
          "x-forwarded-host": one,
          "x-forwarded-proto": other,
        };
        attributesOf({ url, headers }, { trustProxy });
      },
    ),
    runs(500),
  );
});

Deno.test("readLanguages() gives languages that are in the header, each once", () => {
  const header = fc.stringMatching(/^[a-zA-Z\-,;=.*0-9 ]{0,80}$/);
  fc.assert(
    fc.property(header, (text) => {
      const found = readLanguages(text);
      assertEquals(new Set(found).size, found.length);
      assertEquals(found.every((language) => text.includes(language)), true);
    }),
    runs(500),
  );
});

Deno.test("attributesOf() leaves out the port that a browser leaves out", () => {
  const hosts = [
    ["https", "shop.example:443"],
    ["http", "shop.example:80"],
    ["https", "shop.example:80"],
    ["http", "[::1]:80"],
  ].map(([protocol, host]) => {
    const headers = {
      "x-forwarded-proto": protocol,
      "x-forwarded-host": host,
    };
    const attributes = attributesOf({ url: "/", headers }, {
      trustProxy: true,
    });
    return [attributes["host"], attributes["url"]];
  });
  assertEquals(hosts, [
    ["shop.example", "https://shop.example/"],
    ["shop.example", "http://shop.example/"],
    ["shop.example:80", "https://shop.example:80/"],
    ["[::1]", "http://[::1]/"],
  ]);
});

Deno.test("attributesOf() reads a request of HTTP/2", () => {
  const headers = { ":authority": "shop.example", ":path": "/a" };
  const request = { url: "/a", headers, socket: { encrypted: true } };
  assertEquals(attributesOf(request)["url"], "https://shop.example/a");
  assertEquals(
    attributesOf({ url: "/", headers: new Headers() })["url"],
    undefined,
  );
});

Deno.test("attributesOf() reads a campaign as the web reads queries", () => {
  const piece = fc.constantFrom(
    ...["utm_source", "utm_term", "=", "&", "a", "%41", "%", "+", " ", "é"],
    ...["__proto__", "constructor", "\ud800", "", "?", "utm_%73ource"],
  );
  const query = fc.array(piece).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(query, (text) => {
      const { utmSource, utmTerm } = attributesOf({
        url: `/?utm_medium=x&${text}`,
        headers: {},
      });
      const expected = new URLSearchParams(`?utm_medium=x&${text}`);
      assertEquals([utmSource ?? null, utmTerm ?? null], [
        expected.get("utm_source"),
        expected.get("utm_term"),
      ]);
    }),
    runs(1000),
  );
});
