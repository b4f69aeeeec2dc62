// The standard providers of OpenFeature for OFREP, against the server.
import { assertEquals, assertRejects } from "@std/assert";
import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import {
  OpenFeature as Server,
  type Provider as ServerProvider,
} from "@openfeature/server-sdk";
import {
  OpenFeature as Web,
  type Provider as WebProvider,
  ProviderEvents,
} from "@openfeature/web-sdk";
import { createJournal } from "../../../support/journal.ts";
import { withServer } from "./support.ts";

// Their types leave out `exactOptionalPropertyTypes`.
function serverProvider(
  options: ConstructorParameters<typeof OFREPProvider>[0],
): ServerProvider {
  return new OFREPProvider(options) as unknown as ServerProvider;
}

function webProvider(
  options: ConstructorParameters<typeof OFREPWebProvider>[0],
): WebProvider {
  return new OFREPWebProvider(options) as unknown as WebProvider;
}

const features = {
  banner: {
    defaultValue: "Hello",
    rules: [{ condition: { country: "fr" }, force: "Salut" }],
  },
  count: { defaultValue: 10 },
  dark: { defaultValue: true },
  theme: { defaultValue: { color: "red" } },
  test: {
    rules: [{ variations: ["a", "b"], meta: [{ key: "x" }, { key: "y" }] }],
  },
};
const context = { targetingKey: "7", country: "fr" };

Deno.test("the standard provider for servers gets each type, details and errors", () =>
  withServer({ features }, async ({ url }) => {
    await Server.setProviderAndWait(serverProvider({ baseUrl: url }));
    const flags = Server.getClient();
    assertEquals(
      [
        await flags.getStringValue("banner", "", context),
        await flags.getNumberValue("count", 1),
        await flags.getBooleanValue("dark", false),
        await flags.getObjectValue("theme", {}),
      ],
      ["Salut", 10, true, { color: "red" }],
    );
    const { value, reason, variant, flagMetadata } = await flags
      .getStringDetails("test", "", context);
    assertEquals([value, reason, variant], ["a", "SPLIT", "x"]);
    assertEquals(flagMetadata["experimentKey"], "test");
    const codes = [
      await flags.getStringDetails("missing", "mine"),
      await flags.getNumberDetails("banner", 1),
    ].map(({ errorCode }) => String(errorCode));
    assertEquals(codes, ["FLAG_NOT_FOUND", "TYPE_MISMATCH"]);
    await Server.clearProviders();
  }));

Deno.test("the standard provider for pages gets all flags, and follows changes by the stream", () =>
  withServer({ features }, async ({ url, replace, server }) => {
    const provider = webProvider({
      baseUrl: url,
      cacheMode: "disabled",
    });
    await Web.setProviderAndWait(provider, context);
    const flags = Web.getClient();
    assertEquals(
      [
        flags.getStringValue("banner", ""),
        flags.getNumberValue("count", 1),
        flags.getBooleanValue("dark", false),
        flags.getObjectValue("theme", {}),
        flags.getStringDetails("test", "").variant,
        flags.getStringDetails("missing", "").errorCode,
      ],
      ["Salut", 10, true, { color: "red" }, "x", "FLAG_NOT_FOUND"],
    );
    const journal = createJournal();
    const changed: unknown[] = [];
    flags.addHandler(ProviderEvents.ConfigurationChanged, (details) => {
      changed.push(details?.flagsChanged);
      journal.note();
    });
    const looking = setInterval(journal.note, 10);
    await journal.until(() => server.streams() === 1);
    clearInterval(looking);
    await replace({ features: { ...features, count: { defaultValue: 11 } } });
    await journal.until(() => changed.length > 0);
    assertEquals(flags.getNumberValue("count", 1), 11);
    assertEquals((changed[0] as string[]).includes("count"), true);

    await Web.setContext({ targetingKey: "7", country: "de" });
    assertEquals(flags.getStringValue("banner", ""), "Hello");
    await Web.clearProviders();
    Web.clearHandlers();
  }));

Deno.test("a server that wants a key refuses the standard providers without one, and takes it from those with one", () =>
  withServer({ features }, async ({ url }) => {
    const options = { baseUrl: url, cacheMode: "disabled" as const };
    await assertRejects(() =>
      Web.setProviderAndWait(webProvider(options), context)
    );
    assertEquals(Web.getClient().providerStatus, "FATAL");
    const headers: [string, string][] = [["Authorization", "Bearer sdk-1"]];
    await Web.setProviderAndWait(
      webProvider({ ...options, headers, changeDetection: "none" }),
      context,
    );
    assertEquals(Web.getClient().getStringValue("banner", ""), "Salut");
    await Web.clearProviders();

    await Server.setProviderAndWait(serverProvider({ baseUrl: url }));
    const refused = await Server.getClient().getStringDetails("banner", "mine");
    assertEquals([refused.value, refused.reason], ["mine", "ERROR"]);
    await Server.setProviderAndWait(
      serverProvider({ baseUrl: url, headers }),
    );
    assertEquals(
      await Server.getClient().getStringValue("banner", ""),
      "Hello",
    );
    await Server.clearProviders();
  }, { keys: ["sdk-1"] }));
