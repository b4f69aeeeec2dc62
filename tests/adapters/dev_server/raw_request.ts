import { connect } from "node:net";

/**
 * Sends a text to a port of this machine as it is, and gives what comes back until the server ends
 * the connection. Rejects where it has not done so after ten seconds.
 */
export function rawRequest(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`The connection is still open, after ${answer}`));
    }, 10_000);
    socket.on("connect", () => socket.write(text));
    socket.on("data", (bytes) => answer += bytes);
    socket.on("end", end);
    socket.on("close", end);
    socket.on("error", end);
  });
}

/** Sends a request with lines of its own, and gives the status of the answer. */
export async function rawStatus(
  url: string,
  lines: readonly string[],
  requestLine = "GET /api/features/sdk-1 HTTP/1.1",
): Promise<number> {
  const text = [requestLine, ...lines, "Connection: close", "", ""];
  const answer = await rawRequest(url, text.join("\r\n"));
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}
