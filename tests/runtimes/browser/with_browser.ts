import { chromium, type Page } from "playwright-core";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { bundle } from "../bundle.ts";

/** The browser's program; null where it is not installed. */
export const browserPath: string | null = findProgram("chromium");

/** A browser with nothing in its storage, and a server that has the page. */
export interface TestBrowser {
  /** Opens another page of the same profile, with the SDK loaded. */
  readonly openPage: () => Promise<Page>;
}

/**
 * Runs a test in a browser. Pages may load scripts from their own server alone, must not evaluate
 * text, and may send requests to any server. Whatever a page doesn't catch fails the test. A test may
 * have a script of its own in the place of the SDK.
 */
export async function withBrowser(
  test: (browser: TestBrowser) => Promise<void>,
  script: URL = new URL("page.ts", import.meta.url),
): Promise<void> {
  await using server = await servePage(script);
  const browser = await chromium.launch({ executablePath: browserPath! });
  const errors: unknown[] = [];
  try {
    const profile = await browser.newContext();
    profile.on("weberror", (error) => errors.push(error.error()));
    await test({
      openPage: async () => {
        const page = await profile.newPage();
        await page.goto(server.url);
        return page;
      },
    });
  } finally {
    await browser.close();
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
