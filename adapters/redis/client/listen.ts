import { type Method, methodOf } from "./method_of.ts";
import type { RedisClient } from "./redis_client.ts";

/** What hears of a channel. None of them throws. */
export interface ChannelListener {
  /** Is called with each message. */
  readonly onMessage: (message: string) => void;
  /** Is called when the connection listens, also when it listens again: messages may be missing. */
  readonly onReady: () => void;
  /** Is called where the connection is over, and does not come back by itself. */
  readonly onEnd: () => void;
}

/** A connection that listens, or is about to. */
interface Subscriber {
  readonly client: object;
  /** Whether it is a duplicate, and so to be closed here. */
  readonly isOurs: boolean;
  /** What ends it. */
  readonly undo: (() => unknown)[];
}

/**
 * Listens to a channel by a connection that does nothing else, until `signal` is aborted: `subscriber`
 * where there is one, else a duplicate of the client. Resolves once it listens: with false where the
 * client can't be duplicated, or the connection ended before that. Rejects where it can't listen, unless
 * that was told as its end. A connection that is not there yet, since Redis is gone, ends with the signal,
 * too.
 */
export async function listen(
  client: RedisClient,
  subscriber: RedisClient | undefined,
  channel: string,
  listener: ChannelListener,
  signal: AbortSignal,
): Promise<boolean> {
  const own = subscriber ?? await duplicate(client);
  if (own === null) return false;
  const isOurs = subscriber === undefined;
  const undo: Subscriber["undo"] = [];
  let isOver = false;
  // Clients tell of one loss in two ways, and not in the same order everywhere. The first one counts.
  const end = (): boolean => {
    if (isOver) return false;
    isOver = true;
    signal.removeEventListener("abort", end);
    for (const each of undo) settle(each);
    if (isOurs) settle(() => disconnect(own));
    return true;
  };
  if (signal.aborted) return !end();
  signal.addEventListener("abort", end);
  const hears = hearing({ client: own, isOurs, undo }, {
    ...listener,
    onEnd: () => {
      if (end()) listener.onEnd();
    },
  });
  try {
    await subscribe({ client: own, isOurs, undo }, channel, listener, hears);
  } catch (error) {
    if (end()) throw error;
  }
  if (!isOver) listener.onReady();
  return !isOver;
}

async function duplicate(client: RedisClient): Promise<object | null> {
  const make = methodOf(client, "duplicate");
  if (make === null) return null;
  const made = await make();
  return typeof made === "object" && made !== null ? made : null;
}

type Hear = (event: string, handler: (...args: never[]) => void) => void;

/** Hears of what becomes of a connection that is an emitter, and gives what hears of more. */
function hearing(
  { client, isOurs, undo }: Subscriber,
  { onReady, onEnd }: ChannelListener,
): Hear {
  const on = methodOf(client, "on");
  const off = methodOf(client, "off") ?? methodOf(client, "removeListener");
  const hear: Hear = (event, handler) => {
    on?.(event, handler);
    undo.push(() => off?.(event, handler));
  };
  // An emitter without a listener for its errors ends the process, also after it was closed.
  if (isOurs) on?.("error", () => {});
  hear("ready", onReady);
  if (isOurs) hear("end", onEnd);
  return hear;
}

async function subscribe(
  { client, isOurs, undo }: Subscriber,
  channel: string,
  listener: ChannelListener,
  hear: Hear,
): Promise<void> {
  const start = methodOf(client, "subscribe");
  if (start === null) throw new TypeError("Cannot listen: no subscribe");
  const stop = methodOf(client, "unsubscribe");
  const handler = (message: string) => listener.onMessage(message);
  if (methodOf(client, "call") !== null) {
    // ioredis: messages of all channels are events of the client.
    hear("message", (from: string, message: string) => {
      if (from === channel) handler(message);
    });
    if (!isOurs) undo.push(() => stop?.(channel));
    await start(channel);
  } else if (methodOf(client, "sendCommand") !== null) {
    if (isOurs) await methodOf(client, "connect")?.();
    else undo.push(() => stop?.(channel, handler));
    await start(channel, handler);
  } else {
    if (!isOurs) undo.push(() => stop?.(channel));
    undo.push(resubscribe(client, channel, listener, start));
    await start(channel, handler);
  }
}

/**
 * The client of Bun connects again by itself, and does not subscribe again. A second subscription calls
 * the first one's handler, too. Gives what ends it.
 */
function resubscribe(
  client: { onconnect?: unknown },
  channel: string,
  { onReady }: ChannelListener,
  start: Method,
): () => void {
  const before = client.onconnect;
  const onConnect = (...args: unknown[]) => {
    if (typeof before === "function") Reflect.apply(before, client, args);
    settle(async () => {
      await start(channel, () => {});
      onReady();
    });
  };
  client.onconnect = onConnect;
  return () => {
    if (client.onconnect === onConnect) client.onconnect = before;
  };
}

function disconnect(own: object): unknown {
  const end = methodOf(own, "destroy") ?? methodOf(own, "disconnect") ??
    methodOf(own, "close");
  return end?.();
}

// What fails while it ends has ended.
function settle(action: () => unknown): void {
  try {
    const ending = action();
    if (ending instanceof Promise) ending.catch(() => {});
  } catch {
    // Likewise.
  }
}
