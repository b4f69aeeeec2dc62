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
      [null, "Cannot use the options: an object is needed"],
      [{ tracking: "no" }, "Cannot use tracking: true or false is needed"],
      [{ tracking: null }, "Cannot use tracking: true or false is needed"],
      [{ closeClient: 1 }, "Cannot use closeClient: true or false is needed"],
      [{ timout: 7 }, 'Cannot use the option "timout": there is none'],
    ];
    for (const [options, message] of wrong) {
      assertThrows(() => provide(client, options), TypeError, message);
    }
    assertThrows(
      () => provide(client, { timeout: "7" }),
      RangeError,
      "Cannot use timeout: milliseconds from 0 to 2147483647 are needed, and the current value is of type string",
    );
    await client.close();
  });
}
