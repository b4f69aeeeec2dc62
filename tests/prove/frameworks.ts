/**
 * Whole frameworks, built and served with the npm package as their users do. That takes minutes, so it is
 * a part of `prove` and not of the gate.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { dirname } from "node:path";
import { startServer } from "../../adapters/dev_server/start_server.ts";
import { temporaryPayload } from "../adapters/dev_server/temporary_payload.ts";
import { type Project, withOwnProject } from "../package/project.ts";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { browserVisitor, checkHydration, serveHeld } from "./hydrated_page.ts";
import { nextFiles, nextPayload } from "./next_files.ts";
import { sveltekitFiles } from "./sveltekit_files.ts";

Deno.test("the recipes for Next.js give visitors an identity, deliver exposures and hydrate a stream", async () => {
  const packages = [
    "next@16",
    "react@19",
    "react-dom@19",
    "typescript@5",
    "@types/node@24",
    "@types/react@19",
  ];
  await using payload = await temporaryPayload(nextPayload);
  await using reviews = serveHeld("Good tea.");
  const flags = await startServer({ file: payload.path });
  try {
    await withOwnProject(packages, async (project) => {
      const places = { flags: flags.url, reviews: reviews.url };
      await writeAll(project, await nextFiles(places));
      // As one develops it: nothing is built before a page is asked for.
      await checkServer(project, (port) => ({
        args: ["node_modules/.bin/next", "dev", "-p", port],
      }));
      await build(project, "node_modules/.bin/next", "build");
      await checkServer(
        project,
        (port) => ({
          args: ["node_modules/.bin/next", "start", "-p", port],
        }),
        (origin) => checkHydration(origin, reviews, payload),
      );
    });
  } finally {
    await flags.close();
  }
});

Deno.test("the recipe for SvelteKit gives visitors an identity and delivers exposures", async () => {
  const packages = [
    "@sveltejs/kit@2",
    "@sveltejs/adapter-node@5",
    "@sveltejs/vite-plugin-svelte@6",
    "svelte@5",
    "vite@7",
  ];
  await withOwnProject(packages, async (project) => {
    await project.write({
      "package.json": `{ "private": true, "type": "module" }`,
    });
    await writeAll(project, sveltekitFiles);
    await build(project, "node_modules/.bin/vite", "build");
    await checkServer(
      project,
      (port) => ({
        args: ["build/index.js"],
        env: { PORT: port, ORIGIN: `http://127.0.0.1:${port}` },
      }),
      async (origin) => {
        const answer = await fetch(`${origin}away`, { redirect: "manual" });
        await answer.body?.cancel();
        assertEquals(answer.status, 302);
        assertMatch(answer.headers.getSetCookie()[0] ?? "", /^gbuuid=/);
      },
    );
  });
});

async function writeAll(
  { path, write }: Project,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const name of Object.keys(files)) {
    await Deno.mkdir(dirname(`${path}/${name}`), { recursive: true });
  }
  await write(files);
}

async function build({ run }: Project, ...args: string[]): Promise<void> {
  const { success, text } = await run(await runtimeProgram("node"), ...args);
  assertEquals(success, true, text);
}

/** Starts a server, visits it as somebody new and as somebody known, and ends it. */
async function checkServer(
  { path }: Project,
  start: (port: string) => Pick<Deno.CommandOptions, "args" | "env">,
  look: (origin: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const port = String(freePort());
  const server = new Deno.Command(await runtimeProgram("node"), {
    ...start(port),
    cwd: path,
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  try {
    const origin = `http://127.0.0.1:${port}/`;
    const fresh = await visit(origin);
    assertMatch(fresh.text, /<h1>[\da-f-]{36} sees (?:Buy|Order)<\/h1>/);
    const id = /<h1>(\S+)/.exec(fresh.text)?.[1];
    const [identity] = fresh.cookies.filter((cookie) =>
      cookie.startsWith("gbuuid=")
    );
    assertEquals(identity?.split(";")[0], `gbuuid=${id}`);

    const known = await visit(origin, { cookie: "gbuuid=known-1" });
    assertMatch(known.text, /<h1>known-1 sees (?:Buy|Order)<\/h1>/);
    assertEquals(
      known.cookies.filter((cookie) => cookie.startsWith("gbuuid=")),
      [],
    );
    await look(origin);
    await (await fetch(origin, { headers: { cookie: "gbuuid=last-1" } }))
      .text();
    let output = "";
    for await (
      const text of server.stdout.pipeThrough(new TextDecoderStream())
    ) {
      output += text;
      if (output.includes("exposed last-1")) break;
    }
    assertEquals(
      [id, "known-1", browserVisitor].map((each) =>
        output.includes(`exposed ${each}`)
      ),
      [true, true, false],
    );
  } finally {
    // A server for development has processes of its own, which it ends where it is asked to end.
    server.kill("SIGTERM");
    const timer = setTimeout(() => server.kill("SIGKILL"), 10_000);
    await server.status;
    clearTimeout(timer);
  }
}

/** Asks for a page, as often as it takes until the server is there. */
async function visit(
  origin: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly text: string; readonly cookies: readonly string[] }> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const answer = await fetch(origin, { headers });
      return {
        text: await answer.text(),
        cookies: answer.headers.getSetCookie(),
      };
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}
