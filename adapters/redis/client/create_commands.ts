import type { Clock } from "../../support/time/clock.ts";
import { methodOf } from "./method_of.ts";
import type { RedisClient } from "./redis_client.ts";
import { createRedisError, redisFailure, tooSlow } from "./redis_failure.ts";

/** Sends commands to Redis, whatever the client is. */
export interface RedisCommands {
  /**
   * Sends a command, and gives Redis's reply as it is. `key` is that by which a cluster finds the
   * server. Rejects with the client's error; where no reply comes in time, with `createRedisError`'s.
   * Commands that are sent at once go at once, one behind the other.
   */
  readonly send: (
    command: readonly string[],
    key: string,
    timeout?: number,
  ) => Promise<unknown>;
  /** Sends a command, and rejects with an error that says what could not be done. */
  readonly ask: (
    task: string,
    command: readonly string[],
    key: string,
    timeout?: number,
  ) => Promise<unknown>;
}

/** How commands are sent. */
export interface CommandOptions {
  /** How long to wait for a reply, in milliseconds. */
  readonly timeout: number;
  /** Sets timers. */
  readonly clock: Pick<Clock, "setTimer">;
}

/** Makes what sends commands by a client. Throws a `TypeError` where it is none that is known. */
export function createCommands(
  client: RedisClient,
  { timeout, clock }: CommandOptions,
): RedisCommands {
  const sendNow = senderOf(client);
  const send: RedisCommands["send"] = (command, key, longest = timeout) =>
    new Promise((resolve, reject) => {
      const cancel = clock.setTimer(
        () => reject(createRedisError("wait for Redis", tooSlow)),
        longest,
      );
      const fail = (error: unknown) => {
        cancel();
        reject(error);
      };
      try {
        sendNow(command, key).then((reply) => {
          cancel();
          resolve(reply);
        }, fail);
      } catch (error) {
        fail(error);
      }
    });
  return {
    send,
    ask: async (task, command, key, longest) => {
      try {
        return await send(command, key, longest);
      } catch (error) {
        throw describeError(task, error);
      }
    },
  };
}

/** Gives the error that says what could not be done, and why. */
export function describeError(task: string, error: unknown): Error {
  const { storageFailure } = Object(error) as {
    readonly storageFailure?: typeof tooSlow;
  };
  // What is said here already needs no cause.
  return storageFailure === undefined
    ? createRedisError(task, redisFailure(error), error)
    : createRedisError(task, storageFailure);
}

type Send = (command: readonly string[], key: string) => Promise<unknown>;

function senderOf(client: RedisClient): Send {
  const holder = Object(client) as object;
  const call = methodOf(holder, "call");
  if (call !== null) return async (command) => await call(...command);
  const sendCommand = methodOf(holder, "sendCommand");
  if (sendCommand !== null && "masters" in holder) {
    return async (command, key) => await sendCommand(key, false, [...command]);
  }
  if (sendCommand !== null) {
    return async (command) => await sendCommand([...command]);
  }
  const send = methodOf(holder, "send");
  if (send !== null) {
    return async ([name, ...args]) => await send(name, args);
  }
  throw new TypeError(
    "Cannot use Redis: a client of ioredis, redis or Bun is needed, which has call, sendCommand or send",
  );
}
