import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type Client,
  type ClientOptions,
  createClient,
  fixedSource,
  memoryStickyBuckets,
} from "../../../adapters/client/mod.ts";
import {
  loadRequestUser,
  readIdentity,
  requestUser,
  type RequestUserOptions,
} from "../../../adapters/web/mod.ts";
import type { Attributes } from "../../../mod.ts";
import { runs } from "../../support/runs.ts";

const features = {
  button: {
    rules: [{
      key: "button-test",
      variations: ["Buy", "Order"],
      meta: [{ key: "0" }, { key: "1" }],
    }],
  },
  banner: {
    defaultValue: "Welcome",
    rules: [{ condition: { path: "/sale" }, force: "Sale" }],
  },
};

async function withClient(
  use: (client: Client, exposed: unknown[]) => unknown,
  options: Partial<ClientOptions> = {},
): Promise<void> {
  const exposed: unknown[] = [];
  const client = createClient({
    source: fixedSource({ features }),
    trackingCallback: (_experiment, _result, user) => {
      exposed.push(user.attributes["id"]);
    },
    ...options,
  });
  try {
    await use(client, exposed);
  } finally {
    await client.close();
  }
}

function visit(cookie?: string, url = "https://shop.example/sale"): Request {
  return new Request(url, cookie === undefined ? {} : { headers: { cookie } });
}

function ask(
  client: Client,
  request: Request,
  options: RequestUserOptions<Request> = {},
) {
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const made = requestUser(client, request, { onError, ...options });
  const attributes = made.user.snapshot().attributes as Attributes;
  return { ...made, attributes, errors, id: attributes["id"] };
}

Deno.test("requestUser() gives a new visitor an identity in a secure cookie", () =>
  withClient((client) => {
    const { headers, id } = ask(client, visit());
    assertEquals(headers.getSetCookie(), [
      `gbuuid=${id}; Path=/; Max-Age=34560000; SameSite=Lax; Secure`,
    ]);
  }));

Deno.test("requestUser() makes no secure cookie for http", () =>
  withClient((client) => {
    const { headers } = ask(client, visit(undefined, "http://shop.example/"));
    assertEquals(headers.getSetCookie()[0]?.includes("Secure"), false);
  }));

Deno.test("requestUser() makes a secure cookie behind a proxy that it trusts", () =>
  withClient((client) => {
    const request = new Request("http://10.0.0.1/", {
      headers: { "x-forwarded-proto": "https" },
    });
    const cookies = [false, true].map((trustProxy) =>
      ask(client, request, { trustProxy }).headers.getSetCookie()[0]
    );
    assertEquals(cookies.map((cookie) => cookie?.endsWith("Secure")), [
      false,
      true,
    ]);
  }));

Deno.test("requestUser() keeps an identity and sets no cookie", () =>
  withClient((client) => {
    const { headers, id } = ask(client, visit("a=b; gbuuid=abc-1; c=d"));
    assertEquals([id, headers.getSetCookie()], ["abc-1", []]);
  }));

Deno.test("requestUser() takes the first identity that can be one", () =>
  withClient((client) => {
    const { id } = ask(
      client,
      visit("gbuuid=; gbuuid=<b>; gbuuid=7; gbuuid=8"),
    );
    assertEquals(id, "7");
  }));

Deno.test("requestUser() writes the cookie as it is told", () =>
  withClient((client) => {
    const { headers } = ask(client, visit(), {
      domain: "shop.example",
      path: "/shop",
      sameSite: "None",
      cookieName: "visitor",
      createId: () => "42",
    });
    assertEquals(headers.getSetCookie(), [
      "visitor=42; Path=/shop; Domain=shop.example; Max-Age=34560000; SameSite=None; Secure",
    ]);
  }));

Deno.test("requestUser() refuses options that would end the cookie", () =>
  withClient((client) => {
    assertThrows(
      () => requestUser(client, visit(), { domain: "a;HttpOnly" }),
      TypeError,
      "separator",
    );
  }));

Deno.test("requestUser() sets no cookie where the application knows the identity", () =>
  withClient((client) => {
    const { headers, id } = ask(client, visit("gbuuid=7"), {
      attributes: () => ({ id: "customer-8", plan: "team" }),
    });
    assertEquals([id, headers.getSetCookie()], ["customer-8", []]);
  }));

Deno.test("requestUser() identifies by the attribute that it is told", () =>
  withClient((client) => {
    const { attributes } = ask(client, visit("gbuuid=7"), {
      identityAttribute: "deviceId",
      attributes: () => ({ id: null, path: "/other" }),
    });
    assertEquals([attributes["deviceId"], attributes["path"]], [
      "7",
      "/other",
    ]);
  }));

Deno.test("requestUser() without consent reads and sets no cookie and records nothing", () =>
  withClient(async (client, exposed) => {
    const request = visit("gbuuid=7; gbStickyBuckets__id||7={}");
    const options = { consent: () => false, stickyCookies: true };
    const [one, other] = [1, 2].map(() => ask(client, request, options));
    assertEquals(one?.user.isOn("button"), true);
    assertEquals(new Set(["7", one?.id, other?.id]).size, 3);
    await client.flush();
    assertEquals(exposed, []);
  }));

Deno.test("requestUser() removes its cookies where consent was withdrawn", () =>
  withClient((client) => {
    const options = { consent: () => false, stickyCookies: true } as const;
    const cookie =
      "theme=dark; gbuuid=7; gbStickyBuckets__id||7={}; gbuuid=8; gbStickyBuckets__(=1";
    const gone = "; Path=/; Max-Age=0; SameSite=Lax; Secure";
    assertEquals(ask(client, visit(cookie), options).headers.getSetCookie(), [
      `gbuuid=${gone}`,
      `gbStickyBuckets__id||7=${gone}`,
    ]);
    const identified = { ...options, attributes: () => ({ id: "customer-8" }) };
    assertEquals(
      ask(client, visit("gbuuid=7"), identified).headers.getSetCookie(),
      [`gbuuid=${gone}`],
    );
    assertEquals(ask(client, visit(), options).headers.getSetCookie(), []);
    const { headers } = ask(client, visit(cookie), { consent: () => false });
    assertEquals(headers.getSetCookie(), [`gbuuid=${gone}`]);
  }));

Deno.test("requestUser() removes a limited number of cookies", () =>
  withClient((client) => {
    const many = Array.from(
      { length: 290 },
      (_, index) => `gbStickyBuckets__id||${index}=1`,
    );
    const { headers } = ask(client, visit(many.join(";")), {
      consent: () => false,
      stickyCookies: true,
    });
    const removed = headers.getSetCookie();
    assertEquals(removed.length > 20 && removed.join("").length <= 4000, true);
  }));

Deno.test("requestUser() takes no promise and no error for consent", () =>
  withClient((client) => {
    const unclear = [
      () => Promise.resolve(true) as unknown as boolean,
      () => {
        throw new Error("No session");
      },
      () => "yes" as unknown as boolean,
    ];
    for (const consent of unclear) {
      for (const cookie of [undefined, "gbuuid=7"]) {
        assertEquals(
          ask(client, visit(cookie), { consent }).headers.getSetCookie(),
          [],
        );
      }
    }
  }));

Deno.test("requestUser() records with consent", () =>
  withClient(async (client, exposed) => {
    ask(client, visit("gbuuid=7"), { consent: () => true }).user.isOn("button");
    await client.flush();
    assertEquals(exposed, ["7"]);
  }));

Deno.test("requestUser() reports functions of the options that fail, and goes on", () =>
  withClient((client) => {
    const { errors, user, id } = ask(client, visit(), {
      attributes: () => {
        throw new Error("No session");
      },
      createId: () => "a b",
      overrides: () => {
        throw new Error("No list of developers");
      },
    });
    assertEquals(user.getFeatureValue("banner", ""), "Sale");
    assertEquals(errors.map(String), [
      "Error: No session",
      "TypeError: Cannot use the identity that createId made: it can't be the value of a cookie as it is",
      "Error: No list of developers",
    ]);
    assertMatch(String(id), /^[\da-f-]{36}$/);
  }));

Deno.test("requestUser() reports a promise where an answer is needed at once", () =>
  withClient(async (client) => {
    for (const name of ["attributes", "consent", "overrides", "createId"]) {
      for (const isKept of [true, false]) {
        const { errors } = ask(client, visit(), {
          [name]: () =>
            isKept ? Promise.resolve(true) : Promise.reject(new Error("Gone")),
        });
        assertEquals(errors.map(String), [
          `TypeError: Cannot use what ${name} gave: it has to answer at once, and the current value is a promise`,
        ]);
      }
    }
    // What nobody catches would fail the test here.
    await new Promise((resolve) => setTimeout(resolve));
  }));

Deno.test("requestUser() lets nobody force values by default", () =>
  withClient((client) => {
    const { user } = ask(
      client,
      visit(debug({ features: { banner: "Forced" } })),
    );
    assertEquals(user.getFeatureValue("banner", ""), "Sale");
  }));

Deno.test("requestUser() lets a developer force values by cookie or parameter", () =>
  withClient((client) => {
    const forced = {
      attributes: { path: "/" },
      features: { chat: true },
      experiments: { "button-test": 1 },
    };
    const query = `?_gbdebug=${encodeURIComponent(JSON.stringify(forced))}`;
    const requests = [
      visit(debug(forced)),
      visit("gbuuid=7", `https://shop.example/sale${query}`),
    ];
    for (const request of requests) {
      const { user } = ask(client, request, { overrides: () => true });
      assertEquals(
        [
          user.getFeatureValue("banner", ""),
          user.isOn("chat"),
          user.getFeatureValue("button", ""),
        ],
        ["Welcome", true, "Order"],
      );
    }
  }));

Deno.test("requestUser() reads the cookie of a developer beside an empty parameter", () =>
  withClient((client) => {
    const cookie = debug({ features: { banner: "Forced" } });
    const request = visit(cookie, "https://shop.example/sale?_gbdebug=");
    const { user } = ask(client, request, { overrides: () => true });
    assertEquals(user.getFeatureValue("banner", ""), "Forced");
  }));

Deno.test("requestUser() goes on where what is forced can't be read", () =>
  withClient((client) => {
    const texts = ["{", "[]", "null", '{"features":[1]}', "x".repeat(9999)];
    for (const text of texts) {
      const request = visit(`gbuuid=7; _gbdebug=${encodeURIComponent(text)}`);
      const { user } = ask(client, request, { overrides: () => true });
      assertEquals(user.getFeatureValue("banner", ""), "Sale");
    }
  }));

Deno.test("requestUser() leaves cookies that the application adds to the headers", () =>
  withClient((client) => {
    const { headers, user } = ask(client, visit(), {
      stickyCookies: true,
      createId: () => "7",
    });
    headers.append("set-cookie", "a=1");
    user.isOn("button");
    assertEquals(headers.getSetCookie().map(nameOf).toSorted(), [
      "a",
      "gbStickyBuckets__id||7",
      "gbuuid",
    ]);
  }));

Deno.test("loadRequestUser() waits for the client's store of sticky buckets", async () => {
  const stickyBuckets = memoryStickyBuckets();
  const assignments = { "button-test__0": "0" };
  for (const attributeValue of ["1", "2", "3", "4"]) {
    await stickyBuckets.save({
      attributeName: "id",
      attributeValue,
      assignments,
    });
  }
  await withClient(async (client) => {
    for (const id of ["1", "2", "3", "4"]) {
      const { user } = await loadRequestUser(client, visit(`gbuuid=${id}`));
      assertEquals(user.getFeatureValue("button", ""), "Buy");
    }
  }, { stickyBuckets });
});

Deno.test("readIdentity() gives a text that is in the cookie, or null", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.uuid(),
    fc.stringMatching(/^[\w.~@|:+=-]{1,200}$/),
  );
  fc.assert(
    fc.property(value, (text) => {
      const id = readIdentity({ headers: { cookie: `gbuuid=${text}` } });
      if (id === null) return;
      assertMatch(id, /^[\w.~@|:+=-]{1,128}$/);
      assertEquals(text.includes(id), true);
    }),
    runs(1000),
  );
});

Deno.test("readIdentity() refuses what is hostile, too long or a mistake", () => {
  const values = [
    "",
    "a b",
    '"a"',
    "<script>",
    "a%00b",
    "a,b",
    "a\\b",
    "é",
    "undefined",
    "null",
    "x".repeat(129),
  ];
  for (const value of values) {
    const headers = { cookie: `gbuuid=${value}` };
    assertEquals([value, readIdentity({ headers })], [value, null]);
  }
});

function debug(forced: object): string {
  return `gbuuid=7; _gbdebug=${encodeURIComponent(JSON.stringify(forced))}`;
}

function nameOf(cookie: string): string {
  return decodeURIComponent(cookie.slice(0, cookie.indexOf("=")));
}

Deno.test("requestUser() leaves out an attribute that can't be read, and keeps the others", () =>
  withClient((client) => {
    const { errors, id } = ask(client, visit(), {
      attributes: () => ({
        id: "customer-7",
        get plan(): string {
          throw new Error("The connection is closed");
        },
      }),
    });
    assertEquals(id, "customer-7");
    assertEquals(errors.map(String), ["Error: The connection is closed"]);
  }));

Deno.test("requestUser() takes what identifies no user in an experiment for no identity", () =>
  withClient((client) => {
    for (const none of [0, false, NaN, "", null]) {
      const attributes = () => ({ id: none }) as Attributes;
      assertEquals(ask(client, visit("gbuuid=7"), { attributes }).id, "7");
    }
  }));

Deno.test("requestUser() refuses a cookie name that no cookie may have", () =>
  withClient((client) => {
    for (const cookieName of ["", "a b", "a;b", "a=b", "a\r\nb", "é"]) {
      assertThrows(
        () => requestUser(client, visit(), { cookieName }),
        TypeError,
        "Cannot use cookieName",
      );
    }
  }));

Deno.test("requestUser() takes an attribute called __proto__ for a name like any other", () =>
  withClient((client) => {
    const known = JSON.parse(`{ "id": "7", "__proto__": { "plan": "pro" } }`);
    const { attributes } = ask(client, visit(), { attributes: () => known });
    assertEquals(Object.hasOwn(attributes, "__proto__"), true);
    assertEquals(Object.getPrototypeOf(attributes), Object.prototype);
  }));
