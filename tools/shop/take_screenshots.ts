/**
 * Takes the screenshots of the guide in Chromium: the shop before and after its payload is changed. Takes a
 * folder to put them into; default `docs/images`.
 *
 * @module
 */
import { chromium, type Page } from "playwright-core";
import { startShop } from "./start_shop.ts";

const folder = new URL("../../examples/shop-react/", import.meta.url).pathname;
const [images = new URL("../../docs/images", import.meta.url).pathname] =
  Deno.args;
const original = await Deno.readTextFile(`${folder}payload.json`);
const file = `${folder}payload.local.json`;
await Deno.writeTextFile(file, original);
await Deno.mkdir(images, { recursive: true });

// The ports that the page knows may be taken, such as by a shop that somebody looks at.
const shop = await startShop({
  file,
  flagsPort: 0,
  collectorPort: 0,
  pagePort: freePort(),
});
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    `--host-resolver-rules=MAP 127.0.0.1:3300 ${hostOf(shop.flags)},` +
    `MAP 127.0.0.1:3301 ${hostOf(shop.collector)}`,
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 720, height: 520 } });
  await page.goto(shop.page);
  await page.getByText("ready").waitFor();
  // Two visitors of the experiment that see different variations.
  await page.getByText("Visitor 2").click();
  await page.getByText("Visitor 3").click();
  await settle(page, () => shop.collected.length >= 3);
  await page.screenshot({ path: `${images}/shop-before.png` });

  const { features } = JSON.parse(original);
  const edited = {
    features: {
      ...features,
      banner: { defaultValue: "Spring sale: gifts wrapped for free" },
      accent: { defaultValue: "#8a3b6b" },
      "gift-wrap": { defaultValue: true },
    },
  };
  await Deno.writeTextFile(file, JSON.stringify(edited, null, 2));
  await page.getByText("Spring sale").waitFor();
  await page.screenshot({ path: `${images}/shop-after.png` });
  console.log(shop.collected.join("\n"));
} finally {
  await browser.close();
  await shop.close();
  await Deno.remove(file);
}

function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

async function settle(page: Page, condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !condition(); turn++) {
    await page.waitForTimeout(50);
  }
}
