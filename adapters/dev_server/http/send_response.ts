import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Sends a response of the web by Node's HTTP server, piece by piece and no faster than the client
 * takes it. A stream is cancelled when the client goes away. A connection whose request was not read
 * to its end is closed afterwards: what follows on it is not taken for a request. Before that, some of
 * what the client still sends is read and dropped, because a connection that is closed with unread
 * bytes is reset, and the client may lose the answer.
 */
export async function sendResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body } = response;
  const hasBody = incoming.headers["content-length"] !== undefined ||
    incoming.headers["transfer-encoding"] !== undefined;
  const isUnread = hasBody && !incoming.complete;
  outgoing.writeHead(status, {
    ...Object.fromEntries(headers),
    ...isUnread ? { connection: "close" } : {},
  });
  if (body !== null) await sendBody(body, outgoing);
  if (isUnread) await dropRest(incoming);
  outgoing.end();
}

async function sendBody(
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
): Promise<void> {
  const reader = body.getReader();
  outgoing.once("close", () => void reader.cancel().catch(() => {}));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value)) await drained(outgoing);
  }
}

/** How much of a request is dropped after its answer, in bytes, and how long it may pause, in milliseconds. */
const droppedBytes = 16_777_216;
const droppedPause = 100;

/** Reads and drops a body until it ends, pauses or is too large. */
function dropRest(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = droppedBytes;
    const end = () => {
      clearTimeout(timer);
      incoming.off("readable", drop).off("end", end).off("close", end);
      resolve();
    };
    const drop = () => {
      for (
        let piece = incoming.read();
        piece !== null;
        piece = incoming.read()
      ) {
        left -= piece.length;
      }
      clearTimeout(timer);
      if (left <= 0) return end();
      timer = setTimeout(end, droppedPause);
    };
    let timer = setTimeout(end, droppedPause);
    incoming.on("readable", drop).on("end", end).on("close", end);
    drop();
  });
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
