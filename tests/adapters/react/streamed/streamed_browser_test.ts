import { createClient } from "@growthstream/sdk/client";
import { serializeSnapshot } from "@growthstream/sdk/react";
import { assertEquals } from "@std/assert";
import { chromium } from "playwright-core";
import { createElement } from "react";
import * as reactServer from "react-dom/server";
import { Subject } from "rxjs";
import type { Payload } from "../../../../mod.ts";
import { bundle } from "../../../runtimes/bundle.ts";
import { listenToPage } from "../../../runtimes/browser/listen_to_page.ts";
import { browserPath } from "../../../runtimes/browser/with_browser.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { ShopPage } from "./shop_page.ts";

const payload: Payload = {
  features: {
    banner: { defaultValue: "Welcome" },
    button: { rules: [{ key: "button-test", variations: ["Buy", "Order"] }] },
  },
};
const changed: Payload = {
  features: { ...payload.features, banner: { defaultValue: "Changed" } },
};

/** Gives the server's end of a page: it is streamed to all who ask, and its last part waits. */
async function servePage() {
  const payloads = new Subject<Payload>();
  const client = createClient({ source: payloads });
  payloads.next(payload);
  const { promise: wait, resolve: release } = Promise.withResolvers<void>();
  const script = `${temporaryFolder()}/page.js`;
  await bundle(new URL("page.ts", import.meta.url), script, "browser");
  const code = await Deno.readTextFile(script);

  const renderPage = async () => {
    const user = client.forUser({ attributes: { id: "7" } });
    const flags = serializeSnapshot(user, { keys: ["banner", "button"] });
    const page = createElement(ShopPage, { client: user, flags, wait });
    return new Response(
      await reactServer.renderToReadableStream(page, {
        bootstrapModules: ["/page.js"],
      }),
      { headers: { "content-type": "text/html; charset=utf-8" } },
    );
  };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    ({ url }) =>
      url.endsWith("/page.js")
        ? new Response(code, { headers: { "content-type": "text/javascript" } })
        : renderPage(),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    give: (next: Payload) => payloads.next(next),
    release,
    [Symbol.asyncDispose]: async () => {
      release();
      await server.shutdown();
      await client.close();
    },
  };
}

Deno.test({
  name:
    "a streamed shell is hydrated before its last part comes, and that part as the server decided it",
  ignore: browserPath === null,
  fn: async () => {
    await using server = await servePage();
    const browser = await chromium.launch({ executablePath: browserPath! });
    try {
      const page = await browser.newPage();
      const told = listenToPage(page);
      const read = async () =>
        (await page.locator("body").innerText()).replaceAll(/\s+/g, " ");
      await page.goto(server.url, { waitUntil: "commit" });
      await page.waitForFunction(() => "give" in globalThis);
      // The page and the server hear of another payload, each in its own time, while the page is sent.
      await page.evaluate((changed) => {
        const { give } = globalThis as unknown as {
          readonly give: (payload: unknown) => void;
        };
        give(JSON.parse(changed));
      }, JSON.stringify(changed));
      await page.getByText("Changed").waitFor();
      assertEquals(await read(), "Changed …");
      server.give(changed);
      server.release();
      await told.until((lines) =>
        lines.some((line) => line.includes("viewed"))
      );
      await page.locator("p", { hasText: "Changed" }).waitFor();
      assertEquals(await read(), "Changed Changed Buy");
      assertEquals(told.lines, [
        "log: mismatched banner",
        "log: viewed button-test:0",
      ]);
    } finally {
      await browser.close();
    }
  },
});
