import { assertEquals } from "@std/assert";
import { chromium, type Page } from "playwright-core";
import type { TemporaryPayload } from "../adapters/dev_server/temporary_payload.ts";
import { listenToPage } from "../runtimes/browser/listen_to_page.ts";
import { browserPath } from "../runtimes/browser/with_browser.ts";
import { nextPayload } from "./next_files.ts";

/** Who visits the page with a browser. */
export const browserVisitor = "browser-1";

/** A server that keeps its answers back until it is told. */
export interface HeldServer extends AsyncDisposable {
  /** Where it is. */
  readonly url: string;
  /** Gives the answer to all that wait, and to all that come. */
  readonly release: () => void;
}

/** Starts a server that keeps one answer back. */
export function serveHeld(answer: string): HeldServer {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async () => {
      await promise;
      return new Response(answer);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    release: resolve,
    [Symbol.asyncDispose]: () => {
      resolve();
      return server.shutdown();
    },
  };
}

/**
 * Visits the page of docs/react.md in Chromium: its shell is hydrated while its last part is kept back, that
 * part is hydrated when it comes, one exposure is recorded, and the page follows the source.
 */
export async function checkHydration(
  origin: string,
  reviews: HeldServer,
  payload: TemporaryPayload,
): Promise<void> {
  if (browserPath === null) throw new Error("Cannot find chromium");
  const browser = await chromium.launch({ executablePath: browserPath });
  try {
    const context = await browser.newContext();
    await context.addCookies([
      { name: "gbuuid", value: browserVisitor, url: origin },
    ]);
    const page = await context.newPage();
    const told = listenToPage(page);
    await page.goto(`${origin}shop`, { waitUntil: "commit" });
    // What is on the screen is recorded: so the shell is hydrated.
    await told.until((lines) => lines.some(isExposure));
    assertEquals(await textOf(page), "Welcome Order …");
    reviews.release();
    await page.getByText("Chat with us").waitFor();
    assertEquals(await textOf(page), "Welcome Order Good tea. Chat with us");
    await payload.replace({
      features: { ...nextPayload.features, chat: { defaultValue: false } },
    });
    // The part that came late is hydrated too: it follows the source.
    await page.getByText("Write to us").waitFor();
    assertEquals(told.lines, ["log: exposed button-test 1"]);
  } finally {
    await browser.close();
  }
}

function isExposure(line: string): boolean {
  return line.startsWith("log: exposed ");
}

/** The words of a page that are shown. */
async function textOf(page: Page): Promise<string> {
  return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
}
