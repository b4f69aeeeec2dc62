import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { startServer } from "../../../adapters/dev_server/start_server.ts";
import { decideFeature, isUrlTargeted } from "../../../mod.ts";
import { temporaryPayload } from "../../adapters/dev_server/temporary_payload.ts";
import { arbitraryContext } from "../../arbitraries/context.ts";
import { featureKeys } from "../../arbitraries/names.ts";
import { createJournal } from "../../support/journal.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { bundle } from "../bundle.ts";
import type { Sdk } from "./page.ts";
import { browserPath, type BrowserTest, withBrowser } from "./with_browser.ts";

Deno.test("the core, ./client and ./growthbook can be bundled for browsers", async () => {
  const file = `${temporaryFolder()}/page.js`;
  await bundle(new URL("page.ts", import.meta.url), file, "browser");
});

const tests: (readonly [name: string, test: BrowserTest])[] = [];

// One browser for all of them, as it takes longer to start than they do.
Deno.test({
  name: "the package does in Chromium what it does here",
  ignore: browserPath === null,
  fn: (test) =>
    withBrowser(async (run) => {
      for (const [name, each] of tests) {
        await test.step(name, () => run(each));
      }
    }),
});

function testInBrowser(name: string, test: BrowserTest): void {
  tests.push([name, test]);
}

testInBrowser(
  "decideFeature() decides in a browser as it does here",
  async ({ openPage }) => {
    const contexts = JSON.stringify(
      fc.sample(arbitraryContext, { ...runs(200) }),
    );
    const keys = [...featureKeys];
    const page = await openPage();
    const decisions = await page.evaluate(([contexts, keys]) => {
      const { sdk } = globalThis as unknown as { readonly sdk: Sdk };
      return JSON.stringify(
        JSON.parse(contexts).map((context: object) =>
          keys.map((key) => sdk.decideFeature(context, key))
        ),
      );
    }, [contexts, keys] as const);
    const expected = JSON.parse(contexts).map((context: object) =>
      keys.map((key) => decideFeature(context, key))
    );
    assertEquals(JSON.parse(decisions), JSON.parse(JSON.stringify(expected)));
  },
);

const urls = [
  "https://shop.example/cart?size=m#top",
  "HTTPS://SHOP.EXAMPLE:443/Cart",
  "https://user:secret@shop.example:8443//cart/",
  "https://b\u00fccher.example/\u00fcber uns?q=\u00e4&q=b",
  "http://[::1]:3000/x?a=%zz",
  "/cart?size=m",
  "//other.example/cart",
  "?size=m",
  "about:blank",
  "https://%",
  "",
];
const patterns = [
  "shop.example/cart",
  "*.example/*",
  "https://shop.example:8443/*cart*",
  "b\u00fccher.example/*",
  "/cart?size=m",
  "/cart#top",
  "http://[::1]:3000/*",
  "^/c",
  "cart(?=\\?)",
  "example:8443",
];

testInBrowser(
  "isUrlTargeted() targets in a browser what it does here",
  async ({ openPage }) => {
    const page = await openPage();
    const cases = urls.flatMap((url) =>
      patterns.flatMap((pattern) =>
        (["simple", "regex"] as const).map((type) =>
          [url, { include: true, type, pattern }] as const
        )
      )
    );
    const targeted = await page.evaluate((cases) => {
      const { sdk } = globalThis as unknown as { readonly sdk: Sdk };
      return cases.map(([url, target]) => sdk.isUrlTargeted(url, [target]));
    }, cases);
    assertEquals(
      targeted,
      cases.map(([url, target]) => isUrlTargeted(url, [target])),
    );
  },
);

/** Starts a client in a page, as its global `client`; what it sees is its global `seen`. */
async function startClient(
  page: Page,
  options: { readonly apiHost: string; readonly decryptionKey?: string },
): Promise<string> {
  return await page.evaluate(async (options) => {
    const { sdk } = globalThis as unknown as { readonly sdk: Sdk };
    const seen: unknown[] = [];
    const client = sdk.createClient({
      source: sdk.growthbookSource({
        clientKey: "sdk-1",
        cache: { store: sdk.webStorageCache(() => localStorage) },
        ...options,
      }),
      attributes: { id: "7" },
      trackingCallback: ({ key }, { variationId }) => {
        seen.push(`${key} ${variationId}`);
      },
    });
    client.value$("version", 0).subscribe((version) => seen.push(version));
    client.value$("button", "").subscribe((button) => seen.push(button));
    Object.assign(globalThis, { client, seen });
    const { status } = await client.ready({ timeout: 60_000 });
    await client.flush();
    return status;
  }, options);
}

interface ClientPage {
  readonly client: ReturnType<Sdk["createClient"]>;
  readonly seen: readonly unknown[];
}

/** Waits until the client of a page has seen a value. */
async function waitFor(page: Page, value: unknown): Promise<void> {
  await page.waitForFunction(
    (value) => {
      const { seen } = globalThis as unknown as ClientPage;
      return seen.includes(value);
    },
    value,
    { timeout: 60_000, polling: 10 },
  );
}

function readSeen(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(() => (globalThis as unknown as ClientPage).seen);
}

function shop(version: number) {
  const rules = [{
    key: "button",
    variations: ["blue", "red"],
    weights: [1, 0],
  }];
  return {
    features: { version: { defaultValue: version }, button: { rules } },
  };
}

const decryptionKey = "Zvwv/+uhpFDznZ6SX28Yjg==";

for (const encryptionKey of [undefined, decryptionKey]) {
  const what = encryptionKey === undefined ? "plain" : "encrypted";
  testInBrowser(
    `createClient() gets ${what} payloads in a browser from a server elsewhere, and what it pushes`,
    async ({ openPage }) => {
      await using file = await temporaryPayload(shop(1));
      const server = await startServer({
        file: file.path,
        ...encryptionKey === undefined ? {} : { encryptionKey },
      });
      const page = await openPage();
      const status = await startClient(page, {
        apiHost: server.url,
        ...encryptionKey === undefined ? {} : { decryptionKey: encryptionKey },
      });
      assertEquals(status, "ready");
      const journal = createJournal();
      const watch = setInterval(journal.note, 5);
      await journal.until(() => server.streams() === 1);
      for (const version of [2, 3]) {
        await file.replace(shop(version));
        await server.reload();
        await waitFor(page, version);
      }
      assertEquals(await readSeen(page), [0, "", 1, "blue", "button 0", 2, 3]);
      const report = await page.evaluate(() =>
        (globalThis as unknown as ClientPage).client.close()
      );
      const { "tracking-callback": callback } = report.consumers;
      assertEquals(
        [report.isDelivered, callback?.recorded, callback?.delivered],
        [true, 1, 1],
      );
      await journal.until(() => server.streams() === 0);
      clearInterval(watch);
      await server.close();
    },
  );
}

testInBrowser(
  "createClient() serves a page what another one has left in localStorage, when the server is gone",
  async ({ openPage }) => {
    await using file = await temporaryPayload(shop(1));
    const server = await startServer({ file: file.path });
    const first = await openPage();
    await startClient(first, { apiHost: server.url });
    await first.close();
    await server.close();
    const second = await openPage();
    const status = await startClient(second, { apiHost: server.url });
    // It was confirmed within the last minute.
    assertEquals(status, "ready");
    assertEquals(await readSeen(second), [0, "", 1, "blue", "button 0"]);
  },
);

testInBrowser(
  "a page that is closed leaves no stream behind",
  async ({ openPage }) => {
    await using file = await temporaryPayload(shop(1));
    const server = await startServer({ file: file.path });
    const page = await openPage();
    await startClient(page, { apiHost: server.url });
    const journal = createJournal();
    const watch = setInterval(journal.note, 5);
    await journal.until(() => server.streams() === 1);
    await page.close();
    await journal.until(() => server.streams() === 0);
    clearInterval(watch);
    await server.close();
  },
);

for (const place of ["localStorage", "cookies"] as const) {
  testInBrowser(
    `sticky buckets in ${place} outlive a page, and changed weights`,
    async ({ openPage }) => {
      const view = async (weights: readonly number[]) => {
        const page = await openPage();
        const button = await page.evaluate(async ([place, weights]) => {
          const { sdk, document } = globalThis as unknown as {
            readonly sdk: Sdk;
            readonly document: { cookie: string };
          };
          const stickyBuckets = place === "cookies"
            ? sdk.cookieStickyBuckets({
              read: () => document.cookie,
              write: (cookie) => {
                document.cookie = cookie;
              },
            })
            : sdk.webStorageStickyBuckets(() => localStorage);
          const rule = {
            key: "button",
            variations: ["blue", "red"],
            meta: [{ key: "b" }, { key: "r" }],
            weights,
          };
          const client = sdk.createClient({
            source: sdk.fixedSource({
              features: { button: { rules: [rule] } },
            }),
            attributes: { id: "7 é" },
            stickyBuckets,
          });
          await client.ready();
          const button = client.getFeatureValue("button", "");
          await client.close();
          return button;
        }, [place, weights] as const);
        await page.close();
        return button;
      };
      assertEquals(await view([1, 0]), "blue");
      assertEquals(await view([0, 1]), "blue");
    },
  );
}

for (const place of ["localStorage", "cookies"] as const) {
  testInBrowser(
    `tabs that assign sticky buckets in ${place} at the same time lose none of them`,
    async ({ openPage }) => {
      const pages = await Promise.all([0, 1, 2, 3].map(() => openPage()));
      await Promise.all(
        pages.map((page, tab) =>
          page.evaluate(async ([place, tab]) => {
            const { sdk, document } = globalThis as unknown as {
              readonly sdk: Sdk;
              readonly document: { cookie: string };
            };
            const store = place === "cookies"
              ? sdk.cookieStickyBuckets({
                read: () => document.cookie,
                write: (cookie) => {
                  document.cookie = cookie;
                },
              })
              : sdk.webStorageStickyBuckets(() => localStorage);
            const name = { attributeName: "id", attributeValue: "7" };
            Object.assign(globalThis, {
              countKept: () =>
                Object.values(store.load([name])).map(({ assignments }) =>
                  Object.keys(assignments).length
                )[0],
            });
            for (let index = 0; index < 25; index++) {
              const assignments = { [`${tab}-${index}`]: "0" };
              await store.save({ ...name, assignments });
              await new Promise((resolve) => setTimeout(resolve));
            }
          }, [place, tab] as const)
        ),
      );
      await pages[0]!.waitForFunction("countKept() === 100", null, {
        timeout: 60_000,
        polling: 10,
      });
    },
  );
}
