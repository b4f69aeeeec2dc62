import { networkFailure } from "../../support/http/network_failure.ts";
import type { CommandHost } from "../command/command.ts";
import { describeName } from "../text/describe_value.ts";
import { describeReadError } from "./describe_read_error.ts";
import {
  type InspectedPayload,
  inspectText,
  type LoadedPayload,
  loadPayload,
} from "./load_payload.ts";
import { readLimitedText } from "./read_text_file.ts";

/** How long a server may take to answer, in milliseconds. */
const patience = 30_000;

/**
 * Reads a payload from where the user says: a file, `-` for standard input, or an http(s) URL; what
 * is encrypted in it is decrypted where there is a key. Never rejects.
 */
export async function readPayload(
  host: Pick<CommandHost, "readText" | "fetch">,
  place: string,
  key: string | null,
): Promise<LoadedPayload> {
  const text = await readPlace(host, place);
  return text instanceof Error
    ? { kind: "unusable", message: describeReadError(showPlace(place), text) }
    : await loadPayload(text, key);
}

/** Reads a payload as {@linkcode readPayload} does, to tell all that is wrong with it. */
export async function inspectPayload(
  host: Pick<CommandHost, "readText" | "fetch">,
  place: string,
  key: string | null,
): Promise<InspectedPayload> {
  const text = await readPlace(host, place);
  return text instanceof Error
    ? { kind: "unreadable", message: describeReadError(showPlace(place), text) }
    : await inspectText(text, key);
}

async function readPlace(
  host: Pick<CommandHost, "readText" | "fetch">,
  place: string,
): Promise<string | Error> {
  try {
    return /^https?:\/\//i.test(place)
      ? await fetchText(host, place)
      : await host.readText(place);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function fetchText(
  host: Pick<CommandHost, "fetch">,
  url: string,
): Promise<string> {
  const response = await host.fetch(url, {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    const { name } = error as Error;
    if (name === "TimeoutError" || name === "NotCapable") throw error;
    throw new Error(networkFailure(error, url).reason);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the server answered ${response.status}`);
  }
  return response.body === null
    ? ""
    : await readLimitedText(piecesOf(response.body));
}

async function* piecesOf(
  body: ReadableStream<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** Writes where a payload is read from, without the parts of a URL that may be secret. */
function showPlace(place: string): string {
  if (!/^https?:\/\//i.test(place) || !URL.canParse(place)) return place;
  const { origin, pathname } = new URL(place);
  return origin + pathname;
}

/** Names where a payload came from, for people; `null` is the example. */
export function describePlace(place: string | null): string {
  if (place === null) return "the example shop";
  return place === "-" ? "standard input" : describeName(showPlace(place));
}
