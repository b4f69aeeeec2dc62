import { evaluateRemotely } from "./evaluate_remotely.ts";
import { readEvaluationRequest } from "./read_evaluation_request.ts";
import { allowedMethods } from "./http/allowed_methods.ts";
import { hasTag } from "./http/create_tag.ts";
import { readLimited } from "./http/read_limited.ts";
import { handleOfrep, isOfrepPath } from "./ofrep/handle_ofrep.ts";
import type { ServedPayload } from "./create_served_payload.ts";
import type { Streams } from "./create_streams.ts";

/** What a server answers from. */
export interface ServerState {
  /** The payload that is given. */
  readonly served: () => ServedPayload;
  /** The streams of events. */
  readonly streams: Streams;
  /** The streams that tell clients of OFREP to ask again. */
  readonly ofrepStreams: Streams;
  /** The client keys that are known; null where any will do. */
  readonly keys: ReadonlySet<string> | null;
  /** Whether users are evaluated, rather than definitions given. */
  readonly isRemote: boolean;
}

/** What every answer has: browsers on any page may read it, as with GrowthBook's own API. */
export const corsHeaders = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "etag, x-sse-support",
} as const;

/** What every answer of the SDK API has. */
export const commonHeaders: { readonly [name: string]: string } = {
  ...corsHeaders,
  // As a real server, also with an answer that tells of a failure.
  "x-sse-support": "enabled",
};

/** The most bytes that a request for evaluation may have. */
const bodyLimit = 1_048_576;

/** Answers a request as GrowthBook's SDK API does, or OFREP. Never rejects. */
export async function handleRequest(
  state: ServerState,
  request: Request,
): Promise<Response> {
  if (request.method !== "HEAD") return await answerRequest(state, request);
  const whole = await answerRequest(
    state,
    new Request(request, { method: "GET" }),
  );
  // A stream is not to stay open.
  await whole.body?.cancel();
  return new Response(null, whole);
}

async function answerRequest(
  state: ServerState,
  request: Request,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const { method } = request;
  if (method === "OPTIONS") return allowRequest(request);
  if (isOfrepPath(pathname)) return handleOfrep(state, request, corsHeaders);
  const [, route, text] =
    /^\/(api\/features|api\/eval|sub)\/([^/]+)$/.exec(pathname) ?? [];
  if (text === undefined) return fail(404, "There is nothing here");
  const needed = route === "api/eval" ? "POST" : "GET";
  if (method !== needed) {
    const allow = allowedMethods[needed];
    return fail(405, "The method is not allowed here", { allow });
  }
  const key = decodeKey(text);
  if (key === null || state.keys !== null && !state.keys.has(key)) {
    return fail(400, "Invalid API key");
  }
  if (route === "sub") return state.streams.open();
  if (route === "api/features") {
    return state.isRemote
      ? fail(400, "Remote evaluation required for this connection")
      : giveFeatures(state.served(), request);
  }
  return state.isRemote
    ? await evaluate(state.served(), request)
    : fail(400, "Remote evaluation disabled for this connection");
}

function giveFeatures(
  { body, etag }: ServedPayload,
  request: Request,
): Response {
  const headers = { ...commonHeaders, etag, "cache-control": "no-cache" };
  return hasTag(request.headers, etag)
    ? new Response(null, { status: 304, headers })
    : new Response(body, {
      headers: {
        ...headers,
        "content-type": "application/json; charset=utf-8",
      },
    });
}

async function evaluate(
  { payload, dateUpdated }: ServedPayload,
  request: Request,
): Promise<Response> {
  const text = await readLimited(request.body, bodyLimit);
  if (text === null) {
    return fail(413, `The body is larger than ${bodyLimit} bytes`);
  }
  const asked = readEvaluationRequest(text);
  if (asked.kind === "invalid") return fail(400, asked.error);
  const features = evaluateRemotely({ ...payload, ...asked.context });
  return answer(200, { status: 200, features, dateUpdated });
}

function allowRequest(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers");
  return new Response(null, {
    status: 204,
    headers: {
      ...commonHeaders,
      "access-control-allow-methods": "GET, POST, OPTIONS",
      "access-control-allow-headers": asked ?? "content-type, if-none-match",
      "access-control-max-age": "86400",
    },
  });
}

function fail(
  status: number,
  error: string,
  headers: { readonly [name: string]: string } = {},
): Response {
  return answer(status, { status, error }, headers);
}

function answer(
  status: number,
  body: unknown,
  headers: { readonly [name: string]: string } = {},
): Response {
  return Response.json(body, {
    status,
    headers: { ...commonHeaders, ...headers, "cache-control": "no-store" },
  });
}

function decodeKey(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
