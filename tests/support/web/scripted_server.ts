/** A request that a scripted server got, and the means to do right or wrong by it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  /** Sends bytes as they are, without any regard for HTTP. */
  readonly send: (bytes: string | Uint8Array) => Promise<void>;
  /** Answers in full and closes; the type is JSON unless a header says otherwise. */
  readonly answer: (
    status: number,
    body?: string,
    headers?: { readonly [name: string]: string },
  ) => Promise<void>;
  /** Begins an answer in chunks: a stream of events unless a header says otherwise. */
  readonly begin: (
    headers?: { readonly [name: string]: string },
  ) => Promise<void>;
  /** Sends a chunk of an answer that was begun. */
  readonly chunk: (bytes: string | Uint8Array) => Promise<void>;
  /** Ends an answer that was begun, in good order. */
  readonly end: () => Promise<void>;
  /** Closes the connection, whatever it is in the midst of. */
  readonly cut: () => void;
  /** Resolves when the client closed the connection, or the server did. */
  readonly closed: Promise<void>;
}

/** A server on the loopback interface that does what a test says. */
export interface ScriptedServer {
  readonly url: string;
  /** How many connections are open. */
  readonly openConnections: () => number;
  readonly close: () => Promise<void>;
}

/** Starts a server that hands each request to `handle`. One request to a connection. */
export function scriptedServer(
  handle: (exchange: Exchange) => void | Promise<void>,
  port: number = 0,
): ScriptedServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const open = new Map<Deno.Conn, Promise<void>>();

  const serve = async (connection: Deno.Conn): Promise<void> => {
    const request = await readRequest(connection);
    if (request === null) return;
    // What is read after the request is nothing, until the client closes.
    const closed = drain(connection);
    await handle(createExchange(connection, request, closed));
    await closed;
  };
  const accept = async (): Promise<void> => {
    try {
      for await (const connection of listener) {
        const served = serve(connection).catch(ignoreClosed).finally(() => {
          open.delete(connection);
          close(connection);
        });
        open.set(connection, served);
      }
    } catch (error) {
      ignoreClosed(error);
    }
  };
  const accepting = accept();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    openConnections: () => open.size,
    close: async () => {
      close(listener);
      for (const connection of open.keys()) close(connection);
      await Promise.all([accepting, ...open.values()]);
    },
  };
}

type Request = Pick<Exchange, "method" | "path" | "headers" | "body">;

function createExchange(
  connection: Deno.Conn,
  request: Request,
  closed: Promise<void>,
): Exchange {
  const send = (bytes: string | Uint8Array) => write(connection, bytes);
  const chunk = async (piece: string | Uint8Array) => {
    const bytes = toBytes(piece);
    await send(`${bytes.length.toString(16)}\r\n`);
    await send(bytes);
    await send("\r\n");
  };
  return {
    ...request,
    send,
    answer: async (status, body = "", headers = {}) => {
      const bytes = toBytes(body);
      const hasBody = status !== 304 && status !== 204;
      await send(head(status, {
        "content-type": "application/json",
        ...(hasBody ? { "content-length": String(bytes.length) } : {}),
        ...headers,
      }));
      if (hasBody) await send(bytes);
      close(connection);
    },
    begin: (headers = {}) =>
      send(head(200, {
        "content-type": "text/event-stream",
        "transfer-encoding": "chunked",
        ...headers,
      })),
    chunk,
    end: async () => {
      await send("0\r\n\r\n");
      close(connection);
    },
    cut: () => close(connection),
    closed,
  };
}

function head(
  status: number,
  headers: { readonly [name: string]: string },
): string {
  const lines = Object.entries({ connection: "close", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Scripted\r\n${lines.join("")}\r\n`;
}

async function readRequest(connection: Deno.Conn): Promise<Request | null> {
  const buffer = new Uint8Array(65_536);
  const decoder = new TextDecoder();
  let text = "";
  let size = Infinity;
  let bodyStart = -1;
  // A length is in bytes.
  while (bodyStart < 0 || toBytes(text.slice(bodyStart)).length < size) {
    const count = await connection.read(buffer);
    if (count === null) return null;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    if (bodyStart >= 0 || !text.includes("\r\n\r\n")) continue;
    bodyStart = text.indexOf("\r\n\r\n") + 4;
    size = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
  }
  const [line = "", ...fields] = text.slice(0, bodyStart - 4).split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  const headers = new Headers(
    fields.map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon), field.slice(colon + 1).trim()] as [
        string,
        string,
      ];
    }),
  );
  return { method, path, headers, body: text.slice(bodyStart) };
}

async function drain(connection: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(1_024);
  try {
    while (await connection.read(buffer) !== null);
  } catch (error) {
    ignoreClosed(error);
  }
}

async function write(
  connection: Deno.Conn,
  piece: string | Uint8Array,
): Promise<void> {
  const bytes = toBytes(piece);
  try {
    for (let start = 0; start < bytes.length;) {
      start += await connection.write(bytes.subarray(start));
    }
  } catch (error) {
    ignoreClosed(error);
  }
}

function toBytes(piece: string | Uint8Array): Uint8Array {
  return typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
}

function close(closable: { readonly close: () => void }): void {
  try {
    closable.close();
  } catch (error) {
    ignoreClosed(error);
  }
}

/** The client may go at any time, and so may the test. */
function ignoreClosed(error: unknown): void {
  const isClosed = error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.NotConnected ||
    error instanceof Deno.errors.Interrupted;
  if (!isClosed) throw error;
}
