import { type Browser, chromium, type Page } from "playwright-core";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { bundle } from "../bundle.ts";

/** The browser's program; null where it is not installed. */
export const browserPath: string | null = findProgram("chromium");

/** A browser with nothing in its storage, and a server that has the page. */
export interface TestBrowser {
  /** Opens another page of the same profile, with the SDK loaded. */
  readonly openPage: () => Promise<Page>;
}

/** A test that runs in a browser. */
export type BrowserTest = (browser: TestBrowser) => Promise<void>;

/**
 * Starts Chromium, and hands over what runs a test in it, in a profile of the test's own. Pages may
 * load scripts from their own server alone, must not evaluate text, and may send requests to any
 * server. Whatever a page doesn't catch fails the test. The tests may have a script of their own in the
 * place of the SDK.
 */
export async function withBrowser(
  use: (run: (test: BrowserTest) => Promise<void>) => Promise<void>,
  script: URL = new URL("page.ts", import.meta.url),
): Promise<void> {
  await using server = await servePage(script);
  const browser = await chromium.launch({ executablePath: browserPath! });
  try {
    await use((test) => runInProfile(browser, server.url, test));
  } finally {
    await browser.close();
  }
}

async function runInProfile(
  browser: Browser,
  url: string,
  test: BrowserTest,
): Promise<void> {
  const errors: unknown[] = [];
  const profile = await browser.newContext();
  profile.on("weberror", (error) => errors.push(error.error()));
  try {
    await test({
      openPage: async () => {
        const page = await profile.newPage();
        await page.goto(url);
        return page;
      },
    });
  } finally {
    await profile.close();
  }
  if (errors.length > 0) throw new AggregateError(errors, String(errors[0]));
}

const policy = "default-src 'none'; script-src 'self'; connect-src *";

async function servePage(source: URL) {
  const file = `${temporaryFolder()}/page.js`;
  await bundle(source, file, "browser");
  const script = await Deno.readTextFile(file);
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    ({ url }) =>
      url.endsWith("/page.js")
        ? new Response(script, {
          headers: { "content-type": "text/javascript" },
        })
        : new Response(
          '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
          {
            headers: {
              "content-type": "text/html",
              "content-security-policy": policy,
            },
          },
        ),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function findProgram(name: string): string | null {
  const folders = Deno.env.get("PATH")?.split(":") ?? [];
  const paths = folders.map((folder) => `${folder}/${name}`);
  return paths.find(isFile) ?? null;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
