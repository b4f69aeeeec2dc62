import { redisStore } from "../../../../adapters/redis/mod.ts";
import { startRedis } from "../../../support/redis_server.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { bundle } from "../../../runtimes/bundle.ts";
import { runtimeProgram } from "../../../runtimes/runtimes.ts";
import { connect } from "../connect.ts";
import { checkFleet, type FleetFindings } from "./check_fleet.ts";
import { type Journal, openJournal } from "./journal.ts";
import { lanesOf } from "./lanes_of.ts";
import { type Proxy, startProxy } from "./proxy.ts";
import { payloadOf, type PodSetting } from "./setting.ts";

/** What goes wrong, and when. */
export interface Mishap {
  /** When, in milliseconds since the start. */
  readonly at: number;
  /** Kills a pod, kills Redis, freezes Redis, or cuts pods off. */
  readonly what: "kill pod" | "kill redis" | "freeze redis" | "cut pods";
  /** For how long, in milliseconds. */
  readonly lasts?: number;
}

/** How a fleet is run. */
export interface FleetPlan {
  /** How many processes. */
  readonly pods: number;
  /** How many rounds each half of the fleet's work has; each round is done by two pods. */
  readonly rounds: number;
  /** How many users a round has. */
  readonly size: number;
  /** How long a round takes at least, in milliseconds. */
  readonly pace: number;
  /** What goes wrong. */
  readonly mishaps: readonly Mishap[];
  /** How long it may take in all, in milliseconds. */
  readonly timeout: number;
}

interface Pod {
  readonly path: string;
  readonly journal: Journal;
  readonly proxy: Proxy;
  readonly rounds: readonly number[];
  readonly command: readonly string[];
  readonly client: PodSetting["client"];
  child: Deno.ChildProcess | null;
}

const pause = (time: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, time));

/** Runs a fleet through one Redis while things go wrong, and gives what a model of it finds. */
export async function runFleet(plan: FleetPlan): Promise<FleetFindings> {
  await using redis = await startRedis([
    ...["--appendonly", "yes", "--appendfsync", "always"],
    ...["--maxmemory-policy", "noeviction"],
  ]);
  const folder = temporaryFolder();
  const commands = await findCommands(folder);
  let version = 1;
  const asked = { count: 0 };
  const api = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => {
      asked.count++;
      return Response.json(payloadOf(version));
    },
  );
  const pods = Array.from({ length: plan.pods }, (_, index): Pod => {
    const { command, client } = commands[index % commands.length]!;
    const path = `${folder}/pod-${index}.txt`;
    // Another pod may look into it before this one starts.
    Deno.writeTextFileSync(path, "");
    return {
      path,
      journal: openJournal(path),
      proxy: startProxy(redis.port),
      rounds: roundsOf(plan, index),
      command,
      client,
      child: null,
    };
  });
  const start = (pod: Pod) => {
    const done = new Set(
      pod.journal.read().filter(([word]) => word === "r").map(([, round]) =>
        Number(round)
      ),
    );
    const setting: PodSetting = {
      url: `redis://127.0.0.1:${pod.proxy.port}`,
      api: `http://127.0.0.1:${api.addr.port}`,
      journal: pod.path,
      before: pods[(pods.indexOf(pod) + 1) % pods.length]!.path,
      client: pod.client,
      rounds: pod.rounds.filter((round) => !done.has(round)),
      shared: pods.length === 1 ? [] : pod.rounds.slice(plan.rounds),
      size: plan.size,
      pace: plan.pace,
    };
    const [program = "", ...args] = pod.command;
    pod.child = new Deno.Command(program, {
      args: [...args, JSON.stringify(setting)],
      stdin: "piped",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
  };
  const kill = async (pod: Pod) => {
    const { child } = pod;
    pod.child = null;
    try {
      child?.kill("SIGKILL");
    } catch {
      // It is over already.
    }
    await child?.stdin.close().catch(() => {});
    await child?.status;
  };
  const began = performance.now();
  const past = () => performance.now() - began;
  let kills = 0;
  const happen = async ({ what, lasts = 0 }: Mishap, index: number) => {
    switch (what) {
      case "kill pod": {
        const pod = pods[index % pods.length]!;
        kills++;
        await kill(pod);
        return start(pod);
      }
      case "kill redis":
        await redis.kill();
        await pause(lasts);
        return await redis.start();
      case "freeze redis":
        redis.signal("SIGSTOP");
        await pause(lasts);
        return redis.signal("SIGCONT");
      case "cut pods": {
        const some = pods.slice(0, Math.ceil(pods.length / 3));
        for (const { proxy } of some) proxy.cut();
        await pause(lasts);
        for (const { proxy } of some) proxy.mend();
      }
    }
  };
  try {
    pods.forEach(start);
    const changing = setInterval(() => version++, 2_000);
    let next = 0;
    const areDone = () =>
      next === plan.mishaps.length &&
      pods.every(({ journal }) =>
        journal.read().slice(-500).some(([word]) => word === "done")
      );
    while (!areDone()) {
      if (past() > plan.timeout) {
        throw new Error("The fleet did not get done in time");
      }
      const mishap = plan.mishaps[next];
      if (mishap !== undefined && past() >= mishap.at) {
        await happen(mishap, next++);
      } else await pause(100);
    }
    clearInterval(changing);
    const duration = past();
    using connection = connect(redis.url);
    const store = redisStore(connection.client);
    const events = await store.read(0, Infinity);
    // Lanes of those who were killed are adopted within 15 seconds, and the last payload arrives.
    const missing = new Set(
      events.flatMap(({ type, id }) => type === "experiment.viewed" ? id : []),
    );
    const seen = pods.map(() => 0);
    const isDelivered = () => {
      pods.forEach(({ journal }, index) => {
        const lines = journal.read();
        for (let at = seen[index]!; at < lines.length; at++) {
          const [word, id] = lines[at]!;
          if (word === "d") missing.delete(id!);
        }
        seen[index] = lines.length;
      });
      return missing.size === 0;
    };
    const settled = past();
    while (!isDelivered() && past() - settled < 40_000) await pause(500);
    // A pod says the version of its payload whenever that changes.
    const haveLast = () =>
      pods.every(({ journal }) =>
        journal.read().findLast(([word]) => word === "p")?.[1] ===
          String(version)
      );
    while (!haveLast() && past() - settled < 60_000) await pause(200);
    for (const { child } of pods) {
      const writer = child!.stdin.getWriter();
      await writer.write(new TextEncoder().encode("end\n"));
      await child!.status;
      await writer.close().catch(() => {});
    }
    const lanes = await lanesOf(
      store,
      pods.flatMap(({ journal }) => journal.read()),
    );
    const used = await redis.command("INFO", "memory");
    await store.close();
    return checkFleet({
      plan,
      events,
      lanes,
      journals: pods.map(({ journal }) => journal.read()),
      version,
      duration,
      kills,
      asked: asked.count,
      memory: Number(/used_memory:(\d+)/.exec(used)?.[1]),
    });
  } finally {
    for (const pod of pods) {
      await kill(pod);
      pod.proxy.close();
    }
    await api.shutdown();
  }
}

// Each round is done by two pods, the second half a lap later than the first; by one pod, twice.
function roundsOf({ pods, rounds }: FleetPlan, index: number): number[] {
  const own = (pod: number) =>
    Array.from({ length: rounds }, (_, at) => at * pods + pod);
  if (pods === 1) return [...own(0), ...own(0).map((round) => -round - 1)];
  return [...own(index), ...own((index + 1) % pods)];
}

async function findCommands(
  folder: string,
): Promise<readonly Pick<Pod, "command" | "client">[]> {
  const file = `${folder}/pod.mjs`;
  await bundle(new URL("pod.ts", import.meta.url), file);
  const node = await runtimeProgram("node");
  const bun = await runtimeProgram("bun");
  return [
    {
      command: [Deno.execPath(), "run", "--quiet", "--allow-all", file],
      client: "ioredis",
    },
    { command: [node, file], client: "node-redis" },
    { command: [bun, file], client: "bun" },
  ];
}
