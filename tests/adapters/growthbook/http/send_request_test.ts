import { assertEquals } from "@std/assert";
import {
  type HttpHost,
  sendRequest,
} from "../../../../adapters/growthbook/http/send_request.ts";
import { lateCode } from "../../../../adapters/support/late_code.ts";
import { manualClock } from "../../../support/manual_clock.ts";

function hostOf(fetch: HttpHost["fetch"]): HttpHost {
  return {
    fetch,
    clock: manualClock(),
    habits: { refusesCache: false },
    trouble: lateCode(() =>
      import("../../../../adapters/growthbook/trouble/trouble.ts")
    ),
  };
}

async function send(host: HttpHost): Promise<string> {
  const response = await sendRequest(host, {
    url: "http://localhost/api/features/key",
    method: "GET",
    headers: {},
    body: null,
    accept: "application/json",
    signal: new AbortController().signal,
  });
  return "cause" in response ? response.cause : "answered";
}

Deno.test("sendRequest() does without cache modes also where another request learns it meanwhile", async () => {
  const asked: unknown[] = [];
  const host = hostOf((_input, init) => {
    asked.push(init?.cache);
    return init?.cache === undefined
      ? Promise.resolve(Response.json({ features: {} }))
      : Promise.reject(new TypeError("The 'cache' field is not implemented."));
  });
  const kinds = await Promise.all([send(host), send(host), send(host)]);
  assertEquals(kinds, ["answered", "answered", "answered"]);
  const modes = Array(3).fill("no-cache");
  assertEquals(asked, [...modes, undefined, undefined, undefined]);
});

Deno.test("sendRequest() tries once more without a cache mode, and not again and again", async () => {
  let asked = 0;
  const host = hostOf(() => {
    asked++;
    return Promise.reject(new TypeError("The cache is full"));
  });
  assertEquals(await send(host), "told");
  assertEquals(asked, 2);
});
