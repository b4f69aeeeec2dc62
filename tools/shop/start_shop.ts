/**
 * Starts the shop: the development server over `payload.json`, a collector that prints what arrives, and
 * Vite. Change `payload.json` while it runs. Ctrl+C ends all of it. With `--servers` it starts no page, for
 * those who run Vite themselves; `--flags-port` and `--collector-port` choose other ports for the servers.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  type ShopServers,
  type ShopServersOptions,
  startServers,
} from "./start_servers.ts";

const folder = new URL("../../examples/shop-react/", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;
const signals = ["SIGINT", "SIGTERM"] as const;

if (import.meta.main) await main(Deno.args);

/** Runs until it is asked to end, or until Vite ends. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      servers: { type: "boolean", default: false },
      "flags-port": { type: "string", default: "3300" },
      "collector-port": { type: "string", default: "3301" },
    },
  });
  const asked = untilAskedToEnd();
  const options = {
    file: `${folder}payload.json`,
    flagsPort: Number(values["flags-port"]),
    collectorPort: Number(values["collector-port"]),
  };
  if (values.servers) {
    const servers = await startServers(options);
    console.log(`Flags: ${servers.flags}, collector: ${servers.collector}`);
    await asked;
    await servers.close();
    return;
  }
  const shop = await startShop(options);
  console.log(
    `The shop is at ${shop.page}. Change examples/shop-react/payload.json.`,
  );
  await Promise.race([asked, shop.ended]);
  await shop.close();
}

/** What the shop is started with. */
export interface ShopOptions extends ShopServersOptions {
  /** The port of the page; default 5173. */
  readonly pagePort?: number;
}

/** A shop that runs. */
export interface Shop extends ShopServers {
  /** Where the page is. */
  readonly page: string;
  /** Resolves when Vite has ended. */
  readonly ended: Promise<unknown>;
}

/** Builds the package where it is not built yet, installs, and starts the shop. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { pagePort = 5173 } = options;
  const page = `http://localhost:${pagePort}/`;
  const built = await Deno.stat(`${root}npm/package/package.json`)
    .catch(() => null);
  if (built === null) await run(root, Deno.execPath(), "task", "npm");
  // The package is built anew under the same version, so what was made of it before goes.
  for (const name of ["@growthstream", ".vite"]) {
    await Deno.remove(`${folder}node_modules/${name}`, { recursive: true })
      .catch(() => {});
  }
  const quiet = ["--silent", "--no-fund", "--no-audit", "--prefer-offline"];
  await run(folder, "npm", "install", "--no-package-lock", ...quiet);

  const servers = await startServers(options);
  const vite = await startVite(pagePort);
  const close = async () => {
    end(vite);
    await vite.status;
    await servers.close();
  };
  try {
    await Promise.race([
      untilAnswered(page),
      vite.status.then(({ code }) => {
        throw new Error(`Cannot start the shop: Vite ended with ${code}`);
      }),
    ]);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...servers, page, ended: vite.status, close };
}

// Vite wants a newer Node than many have. It is started itself, so that it gets signals itself.
async function startVite(port: number): Promise<Deno.ChildProcess> {
  const { stdout } = await new Deno.Command("npx", {
    args: ["--yes", "-p", "node@24", "node", "-p", "process.execPath"],
  }).output();
  return new Deno.Command(new TextDecoder().decode(stdout).trim(), {
    args: [
      "node_modules/vite/bin/vite.js",
      ...["--port", String(port), "--strictPort"],
    ],
    cwd: folder,
    stdin: "null",
  }).spawn();
}

function end(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGTERM");
  } catch {
    // It has ended by itself, such as by the same Ctrl+C.
  }
}

function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) Deno.removeSignalListener(signal, stop);
      resolve();
    };
    for (const signal of signals) Deno.addSignalListener(signal, stop);
  });
}

async function untilAnswered(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
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
