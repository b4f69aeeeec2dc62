/** A client of `ioredis`, of a cluster's too, or anything else that calls a command by its name. */
export interface CallingClient {
  /** Sends a command, and gives Redis's reply. */
  readonly call: (command: string, ...args: string[]) => Promise<unknown>;
}

/** A client of `redis` (node-redis), or anything else that sends a command as a list of texts. */
export interface SendingClient {
  /** Sends a command, and gives Redis's reply. */
  readonly sendCommand: (command: string[]) => Promise<unknown>;
}

/** A cluster of `redis` (node-redis), which is told by which key a command finds its server. */
export interface SendingCluster {
  /** Sends a command to the server of a key, and gives Redis's reply. */
  readonly sendCommand: (
    key: string | undefined,
    isReadonly: boolean | undefined,
    command: string[],
  ) => Promise<unknown>;
  /** What tells a cluster from a client. */
  readonly masters: readonly unknown[];
}

/** The `RedisClient` of Bun, or anything else that sends a command with a list of texts. */
export interface BunClient {
  /** Sends a command, and gives Redis's reply. */
  readonly send: (command: string, args: string[]) => Promise<unknown>;
}

/**
 * A client of Redis or Valkey: of `ioredis`, of `redis` (node-redis), of Bun, or anything that has
 * their function to send any command. It is the application's: made, connected and closed there. Its
 * replies are to be texts and whole numbers, as they are by default.
 */
export type RedisClient =
  | CallingClient
  | SendingClient
  | SendingCluster
  | BunClient;
