import { assertEquals } from "@std/assert";

const script = new URL("signal_server.ts", import.meta.url);
const names = ["Hono 4", "Express 5", "Fastify 5", "Koa 3"];

for (const name of names) {
  Deno.test(`flags() of ${name} loses nothing when SIGTERM ends the server`, async () => {
    const server = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-check",
        "--allow-all",
        script.pathname,
        name,
      ],
      cwd: new URL("../../../../", import.meta.url),
      stdout: "piped",
    }).spawn();
    const users = Array.from({ length: 100 }, (_, index) => `user-${index}`);
    const lines: string[] = [];
    let sent: Promise<unknown> = Promise.resolve();
    let rest = "";
    const output = server.stdout.pipeThrough(new TextDecoderStream());
    for await (const text of output) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) {
        lines.push(line);
        if (lines.length > 1) continue;
        sent = Promise.all(users.map(async (user) => {
          const headers = { cookie: `gbuuid=${user}` };
          await (await fetch(`${line}/page`, { headers })).text();
        })).then(() => server.kill("SIGTERM"));
      }
    }
    await sent;
    const { signal } = await server.status;
    assertEquals([signal, lines.slice(1).toSorted()], [
      "SIGTERM",
      users.toSorted(),
    ]);
  });
}
