// Starts what compose.yaml starts, without Docker: the `redis-server` that is on the path, and three pods
// of the shop. Then one customer goes shopping from pod to pod, and the fleet ends.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "fleet-"));
const processes: ChildProcess[] = [];
const root = fileURLToPath(new URL("../..", import.meta.url));

try {
  const port = await freePort();
  start("redis-server", [
    ...["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder],
    ...["--appendonly", "yes", "--save", "", "--daemonize", "no"],
  ]);
  const pods = await Promise.all([1, 2, 3].map((pod) => startPod(pod, port)));
  for (const customer of ["ana", "ben", "chi", "dan"]) {
    const buttons: string[] = [];
    for (const origin of pods) {
      const page = await fetch(`${origin}/products/kettle`, {
        headers: { cookie: `gbuuid=${customer}` },
      });
      const [, button = "nothing"] = /<button>(.*?) for/.exec(
        await page.text(),
      )!;
      buttons.push(button);
    }
    console.log(`${customer} sees on three pods: ${buttons.join(", ")}`);
  }
  const report = await fetch(`${pods[0]}/report`);
  console.log(await report.text());
} finally {
  for (const child of processes.reverse()) await end(child);
  rmSync(folder, { recursive: true, force: true });
}

/** Starts a pod, and gives its origin once it is open. */
async function startPod(pod: number, port: number): Promise<string> {
  const child = start(process.execPath, [
    ..."Deno" in globalThis
      ? ["run", "--quiet", "--config=deno.json", "--allow-all"]
      : [],
    ...[join(root, "examples/fleet/main.ts"), "0"],
  ], { REDIS_URL: `redis://127.0.0.1:${port}` });
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) {
    console.log(`pod ${pod}: ${line}`);
    const [origin] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    if (origin === undefined) continue;
    lines.on("line", (next) => console.log(`pod ${pod}: ${next}`));
    return origin;
  }
  throw new Error(`Pod ${pod} did not open`);
}

function start(
  program: string,
  args: readonly string[],
  variables: { readonly [name: string]: string } = {},
): ChildProcess {
  const child = spawn(program, [...args], {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: [
      "ignore",
      program === "redis-server" ? "ignore" : "pipe",
      "inherit",
    ],
  });
  processes.push(child);
  return child;
}

function end(child: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode !== null || !child.kill("SIGTERM")) {
    return Promise.resolve();
  }
  return ended;
}

/** Gives a port that nobody listens at. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      server.close(() => resolve(port ?? 6379));
    });
  });
}
