import { type Clock, systemClock } from "../support/time/clock.ts";
import { createStreams } from "./create_streams.ts";
import { followPayload } from "./follow_payload.ts";
import { commonHeaders, corsHeaders, handleRequest } from "./handle_request.ts";
import { listen, type ServerLimits } from "./http/listen.ts";
import { refuseHosts } from "./http/refuse_hosts.ts";
import type { Overrides } from "./overrides/apply_overrides.ts";
import type { ServedPayload } from "./create_served_payload.ts";

/** What a server is started with. */
export interface ServerOptions {
  /** The payload: an answer of the API, or a bare map of features. */
  readonly file: string;
  /** The port; default 0, which is one that is free. */
  readonly port?: number;
  /** The address to listen at; default `"127.0.0.1"`, which this machine alone can reach. */
  readonly host?: string;
  /**
   * Names by which the server may be asked, beside those of this machine and the one it listens at:
   * host names without a port, or `"*"` for any. Default none.
   */
  readonly allowedHosts?: readonly string[];
  /** The client keys that are known; any where there are none. */
  readonly keys?: readonly string[];
  /** The key to encrypt with, and to decrypt the file where that is encrypted; base64. */
  readonly encryptionKey?: string;
  /** Values that features have for every user, in place of what the payload says. */
  readonly overrides?: Overrides;
  /** A JSON file with such values, which is followed as the payload is; those of `overrides` beat it. */
  readonly overridesFile?: string;
  /** Whether users are evaluated, rather than definitions given; default false. */
  readonly remoteEval?: boolean;
  /** How long the server waits for slow clients, and how much it takes of each. */
  readonly limits?: ServerLimits;
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
 * Starts a server that speaks GrowthBook's SDK API, and OpenFeature's protocol for remote evaluation
 * (OFREP), over a payload file, and pushes what changes in it. A file that can't be used, such as one
 * that is half-written, leaves the last good payload in place. Rejects where there is no usable payload
 * to begin with, or where it can't listen.
 */
export async function startServer(
  options: ServerOptions,
): Promise<PayloadServer> {
  const { file, port = 0, host = "127.0.0.1", keys = [] } = options;
  const { remoteEval = false, clock = systemClock, limits = {} } = options;
  const say = tell(options.onMessage);
  const streams = createStreams(clock, commonHeaders);
  const ofrepStreams = createStreams(clock, corsHeaders, ":\n\n");
  const payload = await followPayload({
    file,
    overridesFile: options.overridesFile ?? null,
    overrides: options.overrides ?? {},
    encryptionKey: options.encryptionKey ?? null,
    clock,
    say,
    push: (served) => {
      const count = remoteEval
        ? streams.send("features-updated", "")
        : streams.send("features", served.body);
      const told = ofrepStreams.send("message", describeChange(served));
      say(describePush(served, count + told));
    },
  });
  const state = {
    served: payload.served,
    streams,
    ofrepStreams,
    keys: keys.length === 0 ? null : new Set(keys),
    isRemote: remoteEval,
  };
  const listener = await listen({
    host,
    port,
    limits,
    refuse: refuseHosts(host, options.allowedHosts ?? []),
    answer: (request) => handleRequest(state, request),
  }).catch(async (error: unknown) => {
    await payload.stop();
    throw new Error(
      `Cannot listen at port ${port} of ${host}: ${describeError(error)}`,
    );
  });
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}`,
    reload: payload.reload,
    streams: () => streams.count() + ofrepStreams.count(),
    close: () => {
      closing ??= (async () => {
        await payload.stop();
        // First the server stops accepting: clients whose stream ends come back at once.
        const isDown = listener.close();
        streams.close();
        ofrepStreams.close();
        await isDown;
      })();
      return closing;
    },
  };
}

// A subscriber that throws must not keep it from serving.
function tell(
  onMessage: ServerOptions["onMessage"],
): (message: string) => void {
  return (message) => {
    try {
      onMessage?.(message);
    } catch {
      // No other place can be told.
    }
  };
}

// What a client of OFREP takes for a reason to ask again.
function describeChange({ etag, dateUpdated }: ServedPayload): string {
  const type = "refetchEvaluation";
  return JSON.stringify({ type, etag, lastModified: dateUpdated });
}

function describePush({ payload }: ServedPayload, streams: number): string {
  const features = Object.keys(payload.features).length;
  return `Reloaded ${count(features, "feature")}, pushed to ${
    count(streams, "stream")
  }`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

const reasons: { readonly [code: string]: string } = {
  EADDRINUSE: "it is in use",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "this machine has no such address",
  EACCES: "the system does not permit it",
};

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { readonly code?: string };
  return code !== undefined && Object.hasOwn(reasons, code)
    ? reasons[code]!
    : error.message;
}
