import { judgePayload } from "../growthbook/judge_payload.ts";
import { type Clock, systemClock } from "../support/clock.ts";
import { createServedPayload } from "./create_served_payload.ts";
import { createStreams } from "./create_streams.ts";
import { commonHeaders, handleRequest } from "./handle_request.ts";
import { loadPayloadFile } from "./load_payload_file.ts";
import type { ServedPayload } from "./served_payload.ts";
import { followFile } from "../sources/file/follow_file.ts";
import { signFile } from "../sources/file/sign_file.ts";

/** How long a file has to be left alone before it is read, in milliseconds. */
const settleTime = 50;

/** How often it is looked at where the system doesn't tell of a change, in milliseconds. */
const lookInterval = 1_000;

/** What a server is started with. */
export interface ServerOptions {
  /** The payload: an answer of the API, or a bare map of features. */
  readonly file: string;
  /** The port; default 0, which is one that is free. */
  readonly port?: number;
  /** The address to listen at; default `"127.0.0.1"`, which this machine alone can reach. */
  readonly host?: string;
  /** The client keys that are known; any where there are none. */
  readonly keys?: readonly string[];
  /** The key to encrypt with, and to decrypt the file where that is encrypted; base64. */
  readonly encryptionKey?: string;
  /** Whether users are evaluated, rather than definitions given; default false. */
  readonly remoteEval?: boolean;
  /** Is told what happens, in lines for people. */
  readonly onMessage?: (message: string) => void;
  /** Tells the time and wakes; default the clock of the runtime. */
  readonly clock?: Clock;
}

/** A server that runs. */
export interface PayloadServer {
  /** Where it is: the `apiHost` of a client. */
  readonly url: string;
  /** Reads the file again; true where that changed what is given. */
  readonly reload: () => Promise<boolean>;
  /** How many streams are open. */
  readonly streams: () => number;
  /** Ends the streams, and stops. May be called twice. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server that speaks GrowthBook's SDK API over a payload file, and pushes what changes in
 * it. A file that can't be used, such as one that is half-written, leaves the last good payload in
 * place. Rejects where there is no usable payload to begin with, or where it can't listen.
 */
export async function startServer(
  options: ServerOptions,
): Promise<PayloadServer> {
  const { file, port = 0, host = "127.0.0.1", keys = [] } = options;
  const { remoteEval = false, onMessage = () => {}, clock = systemClock } =
    options;
  const encryptionKey = options.encryptionKey ?? null;
  // Who is told must not keep it from serving.
  const say = (message: string) => {
    try {
      onMessage(message);
    } catch {
      // There is nobody else to tell.
    }
  };
  const streams = createStreams(clock, commonHeaders);
  let lastTime = 0;

  const serve = (payload: ServedPayload["payload"]) => {
    // Later than the last, also where the clock is not: clients go by it.
    lastTime = Math.max(clock.now(), lastTime + 1);
    return createServedPayload(
      payload,
      new Date(lastTime).toISOString(),
      encryptionKey,
    );
  };
  let seen = await signatureOf(file);
  const first = await loadPayloadFile(file, encryptionKey);
  if (first.kind === "unusable") throw new Error(first.message);
  let served = await serve(first.payload);

  const readAgain = async (): Promise<boolean> => {
    seen = await signatureOf(file);
    const loaded = await loadPayloadFile(file, encryptionKey);
    if (loaded.kind === "unusable") {
      say(`${loaded.message}; the last good payload is still served`);
      return false;
    }
    if (
      judgePayload(served.payload, loaded.payload, false).verdict === "same"
    ) {
      return false;
    }
    served = await serve(loaded.payload);
    const count = remoteEval
      ? streams.send("features-updated", "")
      : streams.send("features", served.body);
    say(
      `Reloaded ${describeCount(loaded.payload.features)}, pushed to ${count} ${
        count === 1 ? "stream" : "streams"
      }`,
    );
    return true;
  };
  // One after the other, so that what is read last is what is served.
  let reading: Promise<boolean> = Promise.resolve(false);
  const reload = () => reading = reading.catch(() => false).then(readAgain);
  const follower = followFile(file, {
    clock,
    settleTime,
    onChange: (how) =>
      void followUp(how).catch((error) => say(describeError(error))),
  });
  const followUp = async (how: "read" | "look") => {
    await follower.follow(lookInterval);
    if (how === "read" || await signatureOf(file) !== seen) await reload();
  };
  await follower.follow(lookInterval);
  const answer = (request: Request) =>
    handleRequest({
      served: () => served,
      streams,
      keys: keys.length === 0 ? null : new Set(keys),
      isRemote: remoteEval,
    }, request);
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({
      port,
      hostname: host,
      onListen: () => {},
      onError: () =>
        new Response(null, { status: 500, headers: commonHeaders }),
    }, answer);
  } catch (error) {
    follower.stop();
    throw new Error(
      `Cannot listen at port ${port} of ${host}: ${describeError(error)}`,
    );
  }
  let closing: Promise<void> | null = null;
  const { port: actualPort } = server.addr;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    reload,
    streams: streams.count,
    close: () => {
      closing ??= (async () => {
        follower.stop();
        await reading.catch(() => {});
        // First no more are let in, for those whose stream ends come back at once.
        const isDown = server.shutdown();
        streams.close();
        await isDown;
      })();
      return closing;
    },
  };
}

async function signatureOf(file: string): Promise<string | null> {
  try {
    return (await signFile(file)).signature;
  } catch {
    return null;
  }
}

function describeCount(features: { readonly [key: string]: unknown }): string {
  const count = Object.keys(features).length;
  return `${count} ${count === 1 ? "feature" : "features"}`;
}

function describeError(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) return "it is in use";
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return "this machine has no such address";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the system does not permit it";
  }
  return error instanceof Error ? error.message : String(error);
}
