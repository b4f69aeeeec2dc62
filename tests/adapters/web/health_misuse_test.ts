import { assertEquals, assertThrows } from "@std/assert";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import {
  healthOf,
  healthResponse,
  metricsText,
} from "../../../adapters/web/mod.ts";
import { parseOpenMetrics } from "./parse_open_metrics.ts";

const payload = { features: {} };

Deno.test("metricsText() leaves a label out that is undefined", async () => {
  const client = createClient({ source: fixedSource(payload) });
  const labels = { pod: undefined, shop: "a" };
  const [status] = parseOpenMetrics(metricsText(client, { labels }));
  assertEquals(status?.samples[0]?.labels, {
    shop: "a",
    growthstream_status: "initializing",
  });
  await client.close();
});

Deno.test("healthOf() and metricsText() refuse what is no client, and what is no time", async () => {
  const client = createClient({ source: fixedSource(payload) });
  const view = client.forUser({ attributes: {} });
  for (const given of [undefined, {}, Promise.resolve(client), view]) {
    for (const ask of [healthOf, healthResponse, metricsText]) {
      assertThrows(
        () => ask(given as never),
        TypeError,
        "Cannot use the client: a client is needed, and the current value is",
      );
    }
  }
  for (const maxStaleAge of ["1h", -1, NaN]) {
    assertThrows(
      () => healthResponse(client, { maxStaleAge: maxStaleAge as number }),
      RangeError,
      "Cannot tell the health: maxStaleAge should be a number from 0 on",
    );
  }
  await client.close();
});

Deno.test("healthOf() and metricsText() refuse a misspelt option", async () => {
  const client = createClient({ source: fixedSource(payload) });
  const stale: object = { maxStaleage: 3_600_000 };
  for (const ask of [healthOf, healthResponse]) {
    assertThrows(
      () => ask(client, stale),
      TypeError,
      'Cannot tell the health: there is no option "maxStaleage"',
    );
  }
  const label: object = { label: { client: "shop" } };
  assertThrows(
    () => metricsText(client, label),
    TypeError,
    'Cannot write metrics: there is no option "label"',
  );
  await client.close();
});
