import type { Context } from "../../../core/types/context.ts";
import { readLimited } from "../http/read_limited.ts";
import type { ServedPayload } from "../create_served_payload.ts";
import type { Streams } from "../create_streams.ts";
import { allowedMethods } from "../http/allowed_methods.ts";
import { createTag, hasTag } from "../http/create_tag.ts";
import { evaluateFlag } from "./evaluate_flag.ts";
import { readOfrepRequest } from "./read_ofrep_request.ts";

/** What answers of OFREP are made from. */
export interface OfrepState {
  /** The payload that is given. */
  readonly served: () => ServedPayload;
  /** The streams that tell of changes. */
  readonly ofrepStreams: Streams;
  /** The client keys that are known; null where none is needed. */
  readonly keys: ReadonlySet<string> | null;
}

/** The most bytes that a request may have. */
const bodyLimit = 1_048_576;

/** For how long a hidden page keeps its stream, in seconds. */
const inactivityDelaySec = 120;

const root = "/ofrep/v1";

/** Tells whether a path is one of OFREP. */
export function isOfrepPath(path: string): boolean {
  return path.startsWith(`${root}/`);
}

/**
 * Answers a request of the OpenFeature Remote Evaluation Protocol: one flag, all flags, or a stream
 * that tells when to ask again. Where client keys are known, one of them is needed: as the bearer of
 * `authorization`, as `x-api-key`, or for a stream, to which a page can't give headers, as `key` of the
 * query. `headers` are those of every answer. Never rejects.
 */
export async function handleOfrep(
  state: OfrepState,
  request: Request,
  headers: AnswerHeaders,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const flag = /^\/ofrep\/v1\/evaluate\/flags(?:\/(.+))?$/.exec(pathname);
  const isStream = pathname === `${root}/events`;
  if (flag === null && !isStream) {
    return fail(404, headers, "There is nothing here");
  }
  const needed = isStream ? "GET" : "POST";
  if (request.method !== needed) {
    const allow = allowedMethods[needed];
    return fail(405, { ...headers, allow }, "The method is not allowed here");
  }
  const key = readKey(request.headers) ??
    (isStream ? searchParams.get("key") : null);
  if (state.keys !== null && (key === null || !state.keys.has(key))) {
    return fail(401, headers, "A client key that is known is needed");
  }
  if (isStream) return state.ofrepStreams.open();
  const name = flag?.[1] === undefined ? undefined : decode(flag[1]);
  if (name === null) return fail(400, headers, "The key can't be decoded");
  const text = await readLimited(request.body, bodyLimit);
  if (text === null) {
    return fail(413, headers, `The body is larger than ${bodyLimit} bytes`);
  }
  const asked = readOfrepRequest(text);
  if (asked.kind === "invalid") {
    const { errorCode, errorDetails } = asked;
    const named = name === undefined ? {} : { key: name };
    return answer(400, headers, { ...named, errorCode, errorDetails });
  }
  const { payload, digest } = state.served();
  const context = { ...payload, attributes: asked.attributes } as Context;
  const facts = { version: digest, contextId: asked.contextId };
  if (name === undefined) {
    const query = key === null ? "" : `?key=${encodeURIComponent(key)}`;
    return await giveAll(context, facts, query, request, headers);
  }
  const found = evaluateFlag(context, name, facts);
  return answer(statusOf(found.errorCode), headers, found);
}

async function giveAll(
  context: Context,
  facts: { readonly version: string; readonly contextId: string | null },
  query: string,
  request: Request,
  headers: AnswerHeaders,
): Promise<Response> {
  const flags = Object.keys(context.features ?? {})
    .map((key) => evaluateFlag(context, key, facts));
  const endpoint = { requestUri: `${root}/events${query}` };
  const body = JSON.stringify({
    flags,
    metadata: { version: facts.version },
    eventStreams: [{ type: "sse", endpoint, inactivityDelaySec }],
  });
  const etag = await createTag(body);
  const tagged = { ...headers, etag, "cache-control": "no-cache" };
  return hasTag(request.headers, etag)
    ? new Response(null, { status: 304, headers: tagged })
    : new Response(body, {
      headers: { ...tagged, "content-type": "application/json; charset=utf-8" },
    });
}

/** Headers of an answer, by name. */
export interface AnswerHeaders {
  /** The value of a header. */
  readonly [name: string]: string;
}

function readKey(headers: Request["headers"]): string | null {
  const bearer = /^bearer +(\S+)$/i.exec(headers.get("authorization") ?? "");
  return bearer?.[1] ?? headers.get("x-api-key");
}

function statusOf(errorCode: string | undefined): number {
  if (errorCode === undefined) return 200;
  return errorCode === "FLAG_NOT_FOUND" ? 404 : 400;
}

function fail(
  status: number,
  headers: AnswerHeaders,
  message: string,
): Response {
  const body = { errorCode: "GENERAL", errorDetails: message };
  return answer(status, headers, body);
}

function answer(
  status: number,
  headers: AnswerHeaders,
  body: unknown,
): Response {
  return Response.json(body, {
    status,
    headers: { ...headers, "cache-control": "no-store" },
  });
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
