import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { readRequest } from "./read_request.ts";
import { sendResponse } from "./send_response.ts";

/** How long a server waits for what a client sends, in milliseconds, and how much it takes. */
export interface ServerLimits {
  /** For the head of a request; default 10,000. */
  readonly headTime?: number;
  /** For a whole request, from its first byte to the end of its body; default 30,000. */
  readonly requestTime?: number;
  /** For another request on the same connection; default 5,000. */
  readonly idleTime?: number;
  /** For a client that takes an answer, or part of it; default 120,000. */
  readonly stallTime?: number;
  /** For what is open when the server is closed; default 1,000. */
  readonly closeTime?: number;
  /** How many connections there may be at once; default 1,000. */
  readonly connections?: number;
}

/** How a server listens. */
export interface ListenOptions {
  readonly host: string;
  /** 0 is any port that is free. */
  readonly port: number;
  readonly limits: ServerLimits;
  /** Gives the answer to a request. Where it rejects, the client is told that something went wrong. */
  readonly answer: (request: Request) => Promise<Response>;
  /** Judges the `Host` of a request; anything but null is the answer to it. */
  readonly refuse: (hosts: readonly string[]) => Response | null;
}

/** A server that listens. */
export interface Listener {
  /** The port. */
  readonly port: number;
  /** Stops accepting, and resolves when all that was open has ended, or was cut off. */
  readonly close: () => Promise<void>;
}

/** The most bytes of a head: one that has more is answered with 431. */
const maxHeaderSize = 16_384;

/**
 * Listens for requests by the HTTP server that Deno, Node and Bun have alike. Slow and oversized
 * requests are cut off. Rejects where it can't listen.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port, limits } = options;
  const { headTime = 10_000, requestTime = 30_000, idleTime = 5_000 } = limits;
  const { stallTime = 120_000, closeTime = 1_000 } = limits;
  const server = createServer({
    headersTimeout: Math.min(headTime, requestTime),
    requestTimeout: requestTime,
    keepAliveTimeout: idleTime,
    // How soon they are noticed.
    connectionsCheckingInterval: Math.min(1_000, headTime, requestTime),
    maxHeaderSize,
  }, (incoming, outgoing) => void serve(options, incoming, outgoing));
  server.maxConnections = limits.connections ?? 1_000;
  server.timeout = stallTime;
  server.on("clientError", refuseClient);
  await askForPermission(host, port);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeServer(server, closeTime),
  };
}

async function serve(
  { answer, refuse }: ListenOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const read = readRequest(incoming);
    const response = refuse(read.hosts) ??
      (read.request === null
        ? new Response(null, { status: 400 })
        : await answer(read.request));
    await sendResponse(response, incoming, outgoing);
  } catch {
    // Nothing of the cause is told: it may hold what a client must not see.
    if (outgoing.headersSent) return void outgoing.destroy();
    outgoing.writeHead(500, { connection: "close" }).end();
  }
}

const statuses: { readonly [code: string]: string } = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

function refuseClient(
  { code = "" }: Error & { readonly code?: string },
  socket: Pick<Socket, "writable" | "end" | "destroy">,
): void {
  if (!socket.writable || code === "ECONNRESET") return void socket.destroy();
  const status = Object.hasOwn(statuses, code)
    ? statuses[code]
    : "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    () => socket.destroy(),
  );
}

function closeServer(server: Server, closeTime: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), closeTime);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Deno's permissions, where this is Deno. */
interface Permissions {
  readonly request: (
    wanted: { readonly name: "net"; readonly host: string },
  ) => Promise<{ readonly state: string }>;
}

// Deno tells of a permission that is missing by an error that nothing can catch.
async function askForPermission(host: string, port: number): Promise<void> {
  const { Deno } = globalThis as {
    readonly Deno?: { readonly permissions?: Permissions };
  };
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const asked = await Deno?.permissions?.request({
    name: "net",
    host: address,
  });
  if (asked !== undefined && asked.state !== "granted") {
    throw new Error("Deno runs without --allow-net for it");
  }
}
