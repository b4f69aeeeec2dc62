import {
  browserPath,
  withBrowser,
} from "../../runtimes/browser/with_browser.ts";
import type { runAll } from "./scenarios_page.ts";

Deno.test({
  name: "the hooks do in Chromium what they do here",
  ignore: browserPath === null,
  fn: async (test) => {
    const script = new URL("scenarios_page.ts", import.meta.url);
    await withBrowser((run) =>
      run(async ({ openPage }) => {
        const page = await openPage();
        const outcomes = await page.evaluate(() =>
          (globalThis as unknown as { readonly runAll: typeof runAll }).runAll()
        );
        for (const [name, failure] of Object.entries(outcomes)) {
          await test.step(name, () => {
            if (failure !== null) throw new Error(failure);
          });
        }
      }), script);
  },
});
