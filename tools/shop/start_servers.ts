import { startServer } from "../../adapters/dev_server/start_server.ts";

/** What the servers of the shop are started with. */
export interface ShopServersOptions {
  /** The payload. */
  readonly file: string;
  /** The port of the development server; default 3300, which the page knows. 0 takes one that is free. */
  readonly flagsPort?: number;
  /** The port of the collector; default 3301, which the page knows. 0 takes one that is free. */
  readonly collectorPort?: number;
}

/** The servers of the shop. */
export interface ShopServers {
  /** Where the development server of flags is. */
  readonly flags: string;
  /** Where the collector is. */
  readonly collector: string;
  /** What the collector got. */
  readonly collected: readonly string[];
  /** Ends both. */
  readonly close: () => Promise<void>;
}

/**
 * Starts what the page of the shop talks to: the development server over a payload, and a collector that
 * prints what arrives. Rejects, with nothing left open, where either cannot be started.
 */
export async function startServers(
  { file, flagsPort = 3300, collectorPort = 3301 }: ShopServersOptions,
): Promise<ShopServers> {
  const flags = await startServer({
    file,
    port: flagsPort,
    onMessage: (message) => console.log(message),
  });
  const collected: string[] = [];
  try {
    const collector = Deno.serve({
      port: collectorPort,
      hostname: "127.0.0.1",
      onListen: () => {},
    }, (request) => collect(request, collected));
    return {
      flags: flags.url,
      collector: `http://127.0.0.1:${collector.addr.port}/`,
      collected,
      close: async () => {
        await collector.shutdown();
        await flags.close();
      },
    };
  } catch (error) {
    await flags.close();
    throw error;
  }
}

async function collect(
  request: Request,
  collected: string[],
): Promise<Response> {
  const text = await request.text();
  if (request.method === "POST") {
    collected.push(text);
    console.log(`collected ${text}`);
  }
  return new Response(null, {
    status: 204,
    headers: { "access-control-allow-origin": "*" },
  });
}
