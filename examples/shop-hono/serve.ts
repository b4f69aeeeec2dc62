/** A server that runs. */
export interface Server {
  /** Its port. */
  readonly port: number;
  /** Ends it, once it has answered. */
  readonly close: () => Promise<void>;
}

type Answer = (request: Request) => Response | Promise<Response>;

/** Serves by what the runtime has: Deno and Bun bring it along, on Node it is `@hono/node-server`. */
export async function serve(fetch: Answer, port: number): Promise<Server> {
  const { Deno: deno, Bun: bun } = globalThis as unknown as {
    readonly Deno?: typeof Deno;
    readonly Bun?: {
      readonly serve: (
        options: { readonly fetch: Answer; readonly port: number },
      ) => {
        readonly port: number;
        readonly stop: () => Promise<void>;
      };
    };
  };
  if (deno !== undefined) {
    const server = deno.serve({ port, onListen: () => {} }, fetch);
    return { port: server.addr.port, close: () => server.shutdown() };
  }
  if (bun !== undefined) {
    const server = bun.serve({ fetch, port });
    return { port: server.port, close: () => server.stop() };
  }
  // Its name is no literal, since only Node has to have it.
  const name: string = "@hono/node-server";
  const { serve } = await import(name) as { readonly serve: NodeServe };
  return await new Promise((resolve) => {
    const server = serve({ fetch, port }, (address) =>
      resolve({
        port: address.port,
        close: () => new Promise((done) => server.close(() => done())),
      }));
  });
}

type NodeServe = (
  options: { readonly fetch: Answer; readonly port: number },
  listening: (address: { readonly port: number }) => void,
) => { readonly close: (done: () => void) => void };
