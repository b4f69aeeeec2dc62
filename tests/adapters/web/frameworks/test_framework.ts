import { assertEquals, assertMatch } from "@std/assert";
import { request as nodeRequest } from "node:http";
import {
  type Client,
  createClient,
  fixedSource,
} from "../../../../adapters/client/mod.ts";
import type { CommonOptions, Framework, Served } from "./framework.ts";

/** What a test of a framework works with. */
interface Setting extends Served {
  readonly client: Client;
  /** The users of the exposures that were delivered. */
  readonly exposed: readonly unknown[];
  /** Resolves once there is one. */
  readonly isExposed: Promise<unknown>;
  readonly errors: readonly unknown[];
}

const features = {
  button: {
    rules: [{
      key: "button-test",
      variations: ["Buy", "Order"],
      meta: [{ key: "0" }, { key: "1" }],
    }],
  },
};

/** Tests what every framework's middleware has to do. */
export function testFramework(framework: Framework): void {
  const test = (
    fact: string,
    check: (setting: Setting) => Promise<void>,
    options: CommonOptions = {},
  ) =>
    Deno.test(`flags() of ${framework.name} ${fact}`, async () => {
      const exposed: unknown[] = [];
      const first = Promise.withResolvers();
      const errors: unknown[] = [];
      const client = createClient({
        source: fixedSource({ features }),
        trackingCallback: (_experiment, _result, user) => {
          exposed.push(user.attributes["id"]);
          first.resolve(null);
        },
      });
      const onError = (error: unknown) => errors.push(error);
      const served = await framework.serve(client, { onError, ...options });
      try {
        await check({
          ...served,
          client,
          exposed,
          isExposed: first.promise,
          errors,
        });
      } finally {
        await served.close();
        await client.close();
      }
    });

  test("gives a new visitor an identity, and exposes it", async (setting) => {
    const { status, cookies, text } = await ask(setting, "/page");
    assertEquals([status, ["Buy", "Order"].includes(text)], [200, true]);
    assertEquals(cookies.length, 1);
    assertMatch(
      cookies[0]!,
      /^gbuuid=[\da-f-]{36}; Path=\/; Max-Age=34560000; SameSite=Lax$/,
    );
    await setting.client.flush();
    assertEquals(setting.exposed, [valueOf(cookies[0]!)]);
  });

  test("keeps an identity, and does not set it again", async (setting) => {
    const cookie = "theme=dark; gbuuid=5f0c6a7e-1";
    const { cookies } = await ask(setting, "/page", { cookie });
    await setting.client.flush();
    assertEquals([cookies, setting.exposed], [[], ["5f0c6a7e-1"]]);
  });

  test("describes the request", async (setting) => {
    const { text } = await ask(setting, "/attributes?utm_source=news", {
      cookie: "gbuuid=7",
      "accept-language": "fr-CH",
      "user-agent": "Mozilla/5.0 (Android; Mobile) Firefox/130",
      referer: "https://elsewhere.example/",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example",
    });
    const { host } = new URL(setting.origin);
    assertEquals(JSON.parse(text), {
      id: "7",
      url: `http://${host}/attributes?utm_source=news`,
      host,
      path: "/attributes",
      query: "?utm_source=news",
      language: "fr-CH",
      languages: ["fr-CH"],
      userAgent: "Mozilla/5.0 (Android; Mobile) Firefox/130",
      browser: "firefox",
      deviceType: "mobile",
      referrer: "https://elsewhere.example/",
      utmSource: "news",
    });
  });

  test("leaves two cookies of the application", async (setting) => {
    const { cookies } = await ask(setting, "/cookies");
    assertEquals(cookies.map(nameOf).toSorted(), ["a", "b", "gbuuid"]);
  });

  test("adds cookies to a response in pieces", async (setting) => {
    const { text, cookies } = await ask(setting, "/stream");
    const names = cookies.map(nameOf).toSorted();
    assertEquals([text, names], ["onetwo", [
      "gbStickyBuckets__id||9",
      "gbuuid",
    ]]);
  }, { stickyCookies: true, createId: () => "9" });

  test(
    "keeps sticky buckets in a cookie, and reads them again",
    async (setting) => {
      const first = await ask(setting, "/page");
      assertEquals(first.cookies.map(nameOf), [
        "gbuuid",
        "gbStickyBuckets__id||9",
      ]);
      const other = first.text === "Buy" ? "Order" : "Buy";
      const moved = first.cookies.map((cookie) => cookie.split(";")[0]!)
        .map((cookie) =>
          cookie.replace(
            /(test__0%22:%22)(\d)/,
            (_, start, key) => `${start}${1 - Number(key)}`,
          )
        )
        .join("; ");
      const second = await ask(setting, "/page", { cookie: moved });
      assertEquals([second.text, second.cookies], [other, []]);
    },
    { stickyCookies: true, createId: () => "9" },
  );

  test(
    "answers, and tells once, where cookies come too late",
    async (setting) => {
      for (const _ of [1, 2]) {
        const { text } = await ask(setting, "/late", { cookie: "gbuuid=9" });
        assertMatch(text, /^first (?:Buy|Order)$/);
      }
      assertEquals(setting.errors.length, 1);
      assertMatch(
        String(setting.errors[0]),
        /headers of the response were sent/,
      );
    },
    { stickyCookies: true },
  );

  test("answers HEAD as GET, without a body", async (setting) => {
    const { status, text, cookies } = await ask(setting, "/page", {}, "HEAD");
    assertEquals([status, text, cookies.map(nameOf)], [200, "", ["gbuuid"]]);
  });

  test("leaves a handler that throws to the framework", async (setting) => {
    const { status, cookies } = await ask(setting, "/throw");
    assertEquals([status, cookies.map(nameOf)], [500, ["gbuuid"]]);
    await setting.client.flush();
    assertEquals(setting.exposed, [valueOf(cookies[0]!)]);
  });

  test("keeps 200 users apart who ask at the same time", async (setting) => {
    const ids = Array.from({ length: 200 }, (_, index) => `user-${index}`);
    const answers = await Promise.all(ids.map(async (id) => {
      const cookie = `gbuuid=${id}`;
      const [page, attributes] = await Promise.all([
        ask(setting, "/page", { cookie }),
        ask(setting, "/attributes", { cookie }),
      ]);
      return [page.text, JSON.parse(attributes.text).id];
    }));
    const expected = ids.map((id) => {
      const user = setting.client.forUser({
        attributes: { id },
        tracking: false,
      });
      return [user.getFeatureValue("button", "none"), id];
    });
    assertEquals(answers, expected);
    await setting.client.flush();
    assertEquals(setting.exposed.toSorted(), ids.toSorted());
  });

  test("survives requests that are broken off", async (setting) => {
    const headers = { cookie: "gbuuid=gone" };
    await breakOff(`${setting.origin}/hang`, headers, setting.isExposed);
    assertEquals((await ask(setting, "/page")).status, 200);
    assertEquals([setting.exposed[0], setting.errors], ["gone", []]);
  });
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
}

async function ask(
  { origin }: Served,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<Answer> {
  const response = await fetch(origin + path, { method, headers });
  return {
    status: response.status,
    text: await response.text(),
    cookies: response.headers.getSetCookie(),
  };
}

/** Sends a request, waits, and closes the connection before there is an answer. */
async function breakOff(
  url: string,
  headers: Readonly<Record<string, string>>,
  isDue: Promise<unknown>,
): Promise<void> {
  const sent = nodeRequest(url, { headers });
  const isOver = new Promise((done) => sent.once("close", () => done(null)));
  sent.once("error", () => {});
  sent.end();
  await isDue;
  sent.destroy();
  await isOver;
}

function nameOf(cookie: string): string {
  return decodeURIComponent(cookie.slice(0, cookie.indexOf("=")));
}

function valueOf(cookie: string): string {
  return /=([^;]*)/.exec(cookie)?.[1] ?? "";
}
