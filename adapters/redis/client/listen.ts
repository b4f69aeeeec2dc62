import { methodOf } from "./method_of.ts";
import type { RedisClient } from "./redis_client.ts";

/** What hears of a channel. Neither of them throws. */
export interface ChannelListener {
  /** Is called with each message. */
  readonly onMessage: (message: string) => void;
  /** Is called when the connection listens, also when it listens again: messages may be missing. */
  readonly onReady: () => void;
}

/**
 * Listens to a channel by a connection that does nothing else: `subscriber` where there is one, else
 * a duplicate of the client. Resolves with what ends it; with null where the client can't be
 * duplicated. Rejects where it can't listen.
 */
export async function listen(
  client: RedisClient,
  subscriber: RedisClient | undefined,
  channel: string,
  listener: ChannelListener,
): Promise<(() => void) | null> {
  const own = subscriber ?? await duplicate(client);
  if (own === null) return null;
  const isOurs = subscriber === undefined;
  const on = methodOf(own, "on");
  const off = methodOf(own, "off") ?? methodOf(own, "removeListener");
  const undo: (() => unknown)[] = [];
  const hear = (event: string, handler: (...args: never[]) => void) => {
    on?.(event, handler);
    undo.push(() => off?.(event, handler));
  };
  // An emitter without a listener for its errors ends the process.
  if (isOurs) hear("error", () => {});
  hear("ready", listener.onReady);
  const end = () => {
    for (const each of undo) settle(each);
    if (isOurs) settle(() => disconnect(own));
  };
  try {
    await subscribe(own, channel, listener, hear, undo, isOurs);
  } catch (error) {
    end();
    throw error;
  }
  listener.onReady();
  return end;
}

async function duplicate(client: RedisClient): Promise<object | null> {
  const make = methodOf(client, "duplicate");
  if (make === null) return null;
  const made = await make();
  return typeof made === "object" && made !== null ? made : null;
}

async function subscribe(
  own: object,
  channel: string,
  { onMessage }: ChannelListener,
  hear: (event: string, handler: (...args: never[]) => void) => void,
  undo: (() => unknown)[],
  isOurs: boolean,
): Promise<void> {
  const start = methodOf(own, "subscribe");
  if (start === null) throw new TypeError("Cannot listen: no subscribe");
  const stop = methodOf(own, "unsubscribe");
  if (methodOf(own, "call") !== null) {
    // ioredis: messages of all channels are events of the client.
    hear("message", (from: string, message: string) => {
      if (from === channel) onMessage(message);
    });
    await start(channel);
    if (!isOurs) undo.push(() => stop?.(channel));
    return;
  }
  const isNode = methodOf(own, "sendCommand") !== null;
  if (isNode && isOurs) await methodOf(own, "connect")?.();
  const handler = (message: string) => onMessage(message);
  await start(channel, handler);
  if (!isOurs) {
    undo.push(() => isNode ? stop?.(channel, handler) : stop?.(channel));
  }
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
