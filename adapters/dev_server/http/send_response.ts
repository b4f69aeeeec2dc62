import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Sends a response of the web by Node's HTTP server, piece by piece and no faster than the client
 * takes it. A stream is cancelled when the client goes away. A connection whose request was not read
 * to its end is closed afterwards: what follows on it is not taken for a request.
 */
export async function sendResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body } = response;
  const hasBody = incoming.headers["content-length"] !== undefined ||
    incoming.headers["transfer-encoding"] !== undefined;
  outgoing.writeHead(status, {
    ...Object.fromEntries(headers),
    ...hasBody && !incoming.complete ? { connection: "close" } : {},
  });
  if (body === null) return void outgoing.end();
  const reader = body.getReader();
  outgoing.once("close", () => void reader.cancel().catch(() => {}));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value)) await drained(outgoing);
  }
  outgoing.end();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      outgoing.off("drain", end).off("close", end);
      resolve();
    };
    outgoing.once("drain", end).once("close", end);
  });
}
