import { sqliteStore } from "../../adapters/sqlite/mod.ts";

/** How processes share a log, and what happens to them. */
export interface SharingPlan {
  /** The programs and their arguments, one for each process; those of the client follow. */
  readonly commands: readonly (readonly string[])[];
  /** The file of the log. */
  readonly path: string;
  /** How many users each process shows the experiment to, again and again. */
  readonly users: number;
  /** How many processes are killed (SIGKILL) and started again. */
  readonly kills: number;
  /** How long the whole lasts at least, in milliseconds. */
  readonly duration: number;
  /** How long one of the processes is frozen (SIGSTOP), in milliseconds. */
  readonly freeze: number;
  /** A number from 0 to 1, at random. */
  readonly random: () => number;
}

/** What came of it, counted by id. */
export interface SharingReport {
  /** The exposures in the log. */
  readonly events: number;
  /** Users that are in the log more than once. */
  readonly doubled: number;
  /** Users that are not in the log. */
  readonly missing: number;
  /** The calls of the callbacks. */
  readonly calls: number;
  /** Calls for an exposure that had been called for before. */
  readonly repeats: number;
  /** Exposures that no callback was called for. */
  readonly lost: number;
  /** Calls for what is not in the log. */
  readonly unknown: number;
}

/** How long what a dead process left may take to be delivered by another, in milliseconds. */
const patience = 60_000;

/** Lets processes share a log while some are killed and one is frozen, and counts what comes of it. */
export async function shareLog(plan: SharingPlan): Promise<SharingReport> {
  const calls: string[] = [];
  const wait = (time: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, time));
  let started = 0;
  const start = (command: readonly string[]) =>
    startClient(command, [plan.path, `${plan.users}`, `${started++}`], calls);
  const clients = await Promise.all(plan.commands.map(start));
  const step = plan.duration / (plan.kills + 1);
  for (let kill = 0; kill < plan.kills; kill++) {
    await wait(step * (0.5 + plan.random()));
    const index = Math.floor(plan.random() * clients.length);
    if (kill === plan.kills >> 1) {
      const frozen = clients[(index + 1) % clients.length]!;
      frozen.signal("SIGSTOP");
      await wait(plan.freeze);
      frozen.signal("SIGCONT");
    }
    clients[index]!.signal("SIGKILL");
    await clients[index]!.ended;
    clients[index] = await start(plan.commands[index]!);
  }
  await wait(step);
  const store = sqliteStore(plan.path, { readOnly: true });
  const ids = async () =>
    (await store.read(0, Infinity))
      .filter(({ type }) => type === "experiment.viewed");
  for (let waited = 0; waited < patience; waited += 250) {
    const called = new Set(calls);
    if ((await ids()).every(({ id }) => called.has(id))) break;
    await wait(250);
  }
  for (const client of clients) await client.stop();
  const events = await ids();
  await store.close();
  const stored = new Set(events.map(({ id }) => id));
  const shown = new Set(events.map(({ data }) => String(data.hashValue)));
  const called = new Set(calls);
  return {
    events: events.length,
    doubled: events.length - shown.size,
    missing: plan.users - shown.size,
    calls: calls.length,
    repeats: calls.length - called.size,
    lost: [...stored].filter((id) => !called.has(id)).length,
    unknown: [...called].filter((id) => !stored.has(id)).length,
  };
}

async function startClient(
  [program = "", ...first]: readonly string[],
  args: readonly string[],
  calls: string[],
) {
  const child = new Deno.Command(program, {
    args: [...first, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  let ready = () => {};
  const isReady = new Promise<void>((resolve) => ready = resolve);
  const read = async () => {
    let text = "";
    for await (
      const part of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      const lines = (text + part).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("! ")) calls.push(line.slice(2));
        if (line === "ready") ready();
      }
    }
    ready();
  };
  const reading = read();
  await isReady;
  const ended = Promise.all([child.status, reading]);
  return {
    signal: (signal: Deno.Signal) => child.kill(signal),
    ended,
    stop: async () => {
      await input.write(new TextEncoder().encode("stop\n"));
      await ended;
      await input.close().catch(() => {});
    },
  };
}
