import type { IncomingMessage } from "node:http";

/** A request as it came in. */
export interface ReadRequest {
  /** Each `Host` that it names: those of its lines, and that of its target where it is absolute. */
  readonly hosts: readonly string[];
  /** The request; null where its target or its method is not valid. */
  readonly request: Request | null;
}

/** Reads a request of Node's HTTP server as the web's own. */
export function readRequest(incoming: IncomingMessage): ReadRequest {
  const { method = "GET", url: target = "/", rawHeaders } = incoming;
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index]!, rawHeaders[index + 1]!]);
  }
  const lines = headers.filter(([name]) => name.toLowerCase() === "host");
  const hosts = lines.map(([, value]) => value.trim());
  const authority = /^[a-z][\w+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
  return {
    // A target that names another host than its header is a request for two.
    hosts: authority === undefined || hosts.length === 0 ||
        hosts.length === 1 &&
          authority.toLowerCase() === hosts[0]!.toLowerCase()
      ? hosts
      : [...hosts, authority],
    request: createRequest(incoming, target, method, headers),
  };
}

function createRequest(
  incoming: IncomingMessage,
  target: string,
  method: string,
  headers: readonly (readonly [string, string])[],
): Request | null {
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    const given = headers.filter(([name]) => name.toLowerCase() !== "host");
    const path = target.startsWith("/")
      ? target
      : new URL(target).pathname + new URL(target).search;
    // Two slashes at the beginning would make the path the name of a host.
    const url = `http://localhost/${path.replace(/^\/+/, "")}`;
    return new Request(url, {
      method,
      headers: given.map(([name, value]): [string, string] => [name, value]),
      ...hasBody ? { body: bodyOf(incoming), duplex: "half" } : {},
    } as RequestInit);
  } catch {
    return null;
  }
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  }, { highWaterMark: 0 });
}
