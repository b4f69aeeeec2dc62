import { temporaryFolder } from "./temporary_folder.ts";

/** Whether a Redis can be started here. A test that needs one is ignored where it can't. */
export const noRedis: boolean = !hasRedis();

function hasRedis(): boolean {
  try {
    return new Deno.Command("redis-server", {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
    }).outputSync().success;
  } catch {
    return false;
  }
}

/** A Redis of a test's own, on a port and in a folder that nobody else has. */
export interface RedisServer {
  /** Where it listens. */
  readonly port: number;
  /** Its address. */
  readonly url: string;
  /** Its folder. */
  readonly folder: string;
  /** Has `redis-cli` send a command, and gives what that prints. */
  readonly command: (...args: readonly string[]) => Promise<string>;
  /** Sends a signal. */
  readonly signal: (signal: Deno.Signal) => void;
  /** Kills it, as a crash does. */
  readonly kill: () => Promise<void>;
  /** Starts it again, with the files that it left. */
  readonly start: () => Promise<void>;
  /** Kills it for good. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts a Redis, by default without files; `args` are options of its own, such as `--appendonly yes`. */
export async function startRedis(
  args: readonly string[] = [],
): Promise<RedisServer> {
  for (let attempt = 1;; attempt++) {
    const server = createServer(freePort(), args);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.kill();
      // Somebody else may have taken the port in between.
      if (attempt === 5) throw error;
    }
  }
}

/** Gives a port that nobody listens at. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

function createServer(port: number, args: readonly string[]): RedisServer {
  const folder = temporaryFolder();
  let child: Deno.ChildProcess | null = null;

  const command = async (...words: readonly string[]) => {
    const { stdout, stderr } = await new Deno.Command("redis-cli", {
      args: ["-p", String(port), ...words],
    }).output();
    const decoder = new TextDecoder();
    return `${decoder.decode(stdout)}${decoder.decode(stderr)}`.trim();
  };
  const kill = async () => {
    const killed = child;
    child = null;
    if (killed === null) return;
    try {
      killed.kill("SIGKILL");
    } catch {
      // It is over already.
    }
    await killed.status;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    folder,
    command,
    signal: (signal) => child?.kill(signal),
    kill,
    start: async () => {
      const started = new Deno.Command("redis-server", {
        args: [
          ...["--port", String(port), "--bind", "127.0.0.1"],
          ...["--dir", folder, "--save", "", "--daemonize", "no"],
          ...args,
        ],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      child = started;
      let isOver = false;
      started.status.then(() => isOver = true);
      for (;;) {
        const answer = await command("PING");
        if (answer === "PONG") return;
        if (isOver) throw new Error(`Redis did not start: ${answer}`);
      }
    },
    [Symbol.asyncDispose]: kill,
  };
}
