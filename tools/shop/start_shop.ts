/**
 * Starts the shop: the development server over `payload.json`, a collector that prints what arrives, and
 * Vite. Change `payload.json` while it runs. Ctrl+C ends all of it.
 *
 * @module
 */
import { startServer } from "../../adapters/dev_server/start_server.ts";

const folder = new URL("../../examples/shop-react/", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;

/** The ports, which the page knows too. */
const ports = { flags: 3300, collector: 3301, page: 5173 } as const;

if (import.meta.main) {
  const shop = await startShop({ file: `${folder}payload.json` });
  console.log(
    `The shop is at http://localhost:${ports.page}/. Change examples/shop-react/payload.json.`,
  );
  await shop.ended;
}

/** A shop that runs. */
export interface Shop {
  /** What the collector got. */
  readonly collected: readonly string[];
  /** Resolves when Vite has ended. */
  readonly ended: Promise<unknown>;
  /** Ends all of it. */
  readonly close: () => Promise<void>;
}

/** Builds the package where it is not built yet, installs, and starts the shop. */
export async function startShop(
  { file }: { readonly file: string },
): Promise<Shop> {
  const built = await Deno.stat(`${root}npm/package/package.json`)
    .catch(() => null);
  if (built === null) await run(root, Deno.execPath(), "task", "npm");
  const quiet = ["--silent", "--no-fund", "--no-audit", "--prefer-offline"];
  await run(folder, "npm", "install", ...quiet);

  const flags = await startServer({
    file,
    port: ports.flags,
    onMessage: (message) => console.log(message),
  });
  const collected: string[] = [];
  const collector = Deno.serve({
    port: ports.collector,
    hostname: "127.0.0.1",
    onListen: () => {},
  }, async (request) => {
    const text = await request.text();
    collected.push(text);
    console.log(`collected ${text}`);
    return new Response(null, {
      status: 204,
      headers: { "access-control-allow-origin": "*" },
    });
  });
  // Vite wants a newer Node than many have. It is started itself, so that it gets signals itself.
  const { stdout } = await new Deno.Command("npx", {
    args: ["--yes", "-p", "node@24", "node", "-p", "process.execPath"],
  }).output();
  const vite = new Deno.Command(new TextDecoder().decode(stdout).trim(), {
    args: [
      "node_modules/vite/bin/vite.js",
      ...["--port", `${ports.page}`, "--strictPort"],
    ],
    cwd: folder,
    stdin: "null",
  }).spawn();
  await untilAnswered(`http://localhost:${ports.page}/`);
  return {
    collected,
    ended: vite.status,
    close: async () => {
      vite.kill("SIGTERM");
      await vite.status;
      await collector.shutdown();
      await flags.close();
    },
  };
}

async function untilAnswered(url: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("Cannot start the shop: Vite did not answer within a minute");
}

async function run(
  cwd: string,
  name: string,
  ...args: readonly string[]
): Promise<void> {
  const { success } = await new Deno.Command(name, { args: [...args], cwd })
    .spawn().status;
  if (!success) throw new Error(`Cannot start the shop: ${name} failed`);
}
