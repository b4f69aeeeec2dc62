import { assertThrows } from "@std/assert";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import { openFeatureProvider as serverProvider } from "../../../adapters/openfeature/server/mod.ts";
import { openFeatureProvider as webProvider } from "../../../adapters/openfeature/web/mod.ts";

const providers = { server: serverProvider, web: webProvider };

for (const [name, make] of Object.entries(providers)) {
  const provide = make as (client: unknown, options?: unknown) => unknown;

  Deno.test(`openFeatureProvider() for the ${name} refuses what is no client`, () => {
    for (const client of [undefined, null, {}, Promise.resolve({})]) {
      assertThrows(
        () => provide(client),
        TypeError,
        "Cannot use the client: a client is needed",
      );
    }
  });

  Deno.test(`openFeatureProvider() for the ${name} refuses options that it can't take for what was meant`, async () => {
    const client = createClient({ source: fixedSource({ features: {} }) });
    const wrong: [unknown, string][] = [
      [null, "options should be an object, the current value is null"],
      [{ tracking: "no" }, "tracking should be true or false, the current"],
      [{ tracking: null }, "tracking should be true or false, the current"],
      [{ closeClient: 1 }, "closeClient should be true or false, the"],
      [{ timout: 7 }, 'there is no option "timout"'],
    ];
    for (const [options, message] of wrong) {
      assertThrows(() => provide(client, options), TypeError, message);
    }
    for (
      const [timeout, needed] of [
        ["7", 'a number from 0 on, the current value is "7"'],
        [2 ** 31, "milliseconds up to 2147483647, the current value is 21474"],
      ]
    ) {
      assertThrows(
        () => provide(client, { timeout }),
        RangeError,
        `Cannot make the provider: timeout should be ${needed}`,
      );
    }
    await client.close();
  });
}
