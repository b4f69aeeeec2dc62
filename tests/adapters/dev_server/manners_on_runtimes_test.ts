import { assertEquals, assertMatch } from "@std/assert";
import { bundle } from "../../runtimes/bundle.ts";
import { runtimeProgram, runtimes } from "../../runtimes/runtimes.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { rawRequest } from "./raw_request.ts";
import { temporaryPayload } from "./temporary_payload.ts";

const head = "Host: localhost\r\n";
const post = `POST /api/eval/a HTTP/1.1\r\n${head}`;

const clients:
  readonly (readonly [name: string, text: string, status: number])[] = [
    [
      "is another site's page",
      "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
      403,
    ],
    ["names no host", "GET / HTTP/1.0\r\n\r\n", 400],
    ["names two hosts", `GET / HTTP/1.1\r\n${head}${head}\r\n`, 400],
    ["says nothing", "", 408],
    ["never ends its head", `GET / HTTP/1.1\r\n${head}X-A: b`, 408],
    ["never ends its body", `${post}Content-Length: 100\r\n\r\n{`, 408],
    ["has a head without end", `${post}X: ${"a".repeat(100_000)}`, 431],
    ["speaks no HTTP", "\x16\x03\x01\r\n\r\n", 400],
    [
      "sends too large a body",
      `${post}Content-Length: 2000000\r\n\r\n${"a".repeat(1_100_000)}`,
      413,
    ],
  ];

for (const name of Object.keys(runtimes) as (keyof typeof runtimes)[]) {
  Deno.test(`startServer() on ${name} refuses what it refuses on Deno`, async () => {
    await using file = await temporaryPayload({
      features: { version: { defaultValue: 1 } },
    });
    const script = `${temporaryFolder()}/serve_slowly.mjs`;
    await bundle(new URL("serve_slowly.ts", import.meta.url), script);
    const child = new Deno.Command(await runtimeProgram(name), {
      args: [script, file.path],
      stdout: "piped",
    }).spawn();
    const said = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const url = (await said.read()).value!.trim();
    const seen: (readonly [string, number])[] = [];
    for (const [client, text] of clients) {
      const answer = await rawRequest(url, text);
      assertMatch(answer, /^HTTP\/1\.1 \d+ /, client);
      seen.push([client, Number(answer.slice(9, 12))]);
    }
    assertEquals(seen, clients.map(([client, , status]) => [client, status]));
    child.kill("SIGTERM");
    assertEquals((await child.status).code, 0);
    await said.cancel();
  });
}
