import { connect } from "node:net";
import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type ServerOptions,
  startServer,
} from "../../../adapters/dev_server/start_server.ts";
import { rawRequest, rawStatus } from "./raw_request.ts";
import { temporaryPayload } from "./temporary_payload.ts";

const one = { features: { version: { defaultValue: 1 } } };

async function withServer(
  options: Partial<ServerOptions>,
  test: (url: string) => Promise<void>,
): Promise<void> {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path, ...options });
  try {
    await test(server.url);
  } finally {
    await server.close();
  }
}

async function statusesOf(
  url: string,
  hosts: readonly string[],
): Promise<readonly (readonly [string, number])[]> {
  const statuses: [string, number][] = [];
  for (const host of hosts) {
    statuses.push([host, await rawStatus(url, [`Host: ${host}`])]);
  }
  return statuses;
}

Deno.test("startServer() answers by every name of this machine", async () => {
  const hosts = [
    "localhost",
    "localhost:1",
    "LocalHost:3300",
    "localhost.",
    "localhost.:80",
    "localhost:",
    "shop.localhost",
    "127.0.0.1",
    "127.0.0.1:3300",
    "127.255.0.9",
    "[::1]",
    "[::1]:3300",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
  ];
  await withServer({}, async (url) => {
    assertEquals(
      await statusesOf(url, hosts),
      hosts.map((host) => [host, 200] as const),
    );
  });
});

Deno.test("startServer() forbids a name that points here from elsewhere", async () => {
  const hosts = [
    "evil.example",
    "evil.example:3300",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "notlocalhost",
    "127.0.0.1.nip.io",
    "127.0.0.256",
    "0.0.0.0",
    "192.168.1.7",
    "[::]",
    "[::2]",
    "[::ffff:192.168.1.7]",
    "[fe80::1]",
  ];
  await withServer({}, async (url) => {
    assertEquals(
      await statusesOf(url, hosts),
      hosts.map((host) => [host, 403] as const),
    );
  });
});

Deno.test("startServer() answers an invalid Host with 400", async () => {
  const hosts = [
    "",
    " ",
    "localhost localhost",
    "localhost,evil.example",
    "localhost/path",
    "user@localhost",
    "http://localhost",
    "localhost..",
    ".localhost",
    "-localhost",
    "localhost:99999",
    "localhost:-1",
    "localhost:80:80",
    "local%68ost",
    "[::1",
    "[::1]x",
    "[127.0.0.1]",
    "::1",
    "löcalhost",
    "a".repeat(300),
  ];
  await withServer({}, async (url) => {
    assertEquals(
      await statusesOf(url, hosts),
      hosts.map((host) => [host, 400] as const),
    );
  });
});

Deno.test("startServer() answers no Host, two, and another one in the target with 400", async () => {
  await withServer({}, async (url) => {
    const path = "/api/features/sdk-1";
    for (
      const [lines, requestLine] of [
        [[], `GET ${path} HTTP/1.1`],
        [[], `GET ${path} HTTP/1.0`],
        [["Host: localhost", "Host: localhost"], `GET ${path} HTTP/1.1`],
        [["Host: localhost", "host: evil.example"], `GET ${path} HTTP/1.1`],
        [["Host: localhost"], `GET http://evil.example${path} HTTP/1.1`],
        [["Host: localhost"], `GET http://localhost@evil${path} HTTP/1.1`],
        [[], `GET http://localhost${path} HTTP/1.0`],
      ] as const
    ) {
      assertEquals(await rawStatus(url, lines, requestLine), 400, requestLine);
    }
    assertEquals(
      await rawStatus(
        url,
        ["Host: localhost"],
        `GET http://LOCALHOST${path} HTTP/1.1`,
      ),
      200,
    );
  });
});

Deno.test("startServer() judges the Host of every route, and tells a forbidden one nothing", async () => {
  await withServer({ remoteEval: true }, async (url) => {
    for (
      const line of ["GET /sub/a", "POST /api/eval/a", "OPTIONS /", "GET /"]
    ) {
      const answer = await rawRequest(
        url,
        `${line} HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
      );
      assertMatch(answer, /^HTTP\/1\.1 403 /);
      assert(!/access-control-allow-origin/i.test(answer), answer);
      assert(!answer.includes("version"));
    }
  });
});

Deno.test("startServer() answers by the names that it is told", async () => {
  await withServer(
    { allowedHosts: ["Dev.Shop.Example", "192.168.1.7"] },
    async (url) => {
      assertEquals(
        await statusesOf(url, [
          "dev.shop.example:80",
          "DEV.shop.example.",
          "192.168.1.7",
          "shop.example",
          "localhost",
        ]),
        [
          ["dev.shop.example:80", 200],
          ["DEV.shop.example.", 200],
          ["192.168.1.7", 200],
          ["shop.example", 403],
          ["localhost", 200],
        ],
      );
    },
  );
  await withServer({ allowedHosts: ["*"] }, async (url) => {
    assertEquals(await statusesOf(url, ["any.example", "any example"]), [
      ["any.example", 200],
      ["any example", 400],
    ]);
  });
});

Deno.test("startServer() forbids other names also where it listens at all addresses", async () => {
  await withServer({ host: "0.0.0.0" }, async (url) => {
    assertEquals(
      await statusesOf(url, ["localhost", "0.0.0.0", "evil.example"]),
      [["localhost", 200], ["0.0.0.0", 403], ["evil.example", 403]],
    );
  });
});

const quick = { headTime: 200, requestTime: 1_000, idleTime: 100 };
const head = "Host: localhost\r\n";

for (
  const [name, text, status] of [
    ["says nothing", "", 408],
    ["never ends its head", `GET / HTTP/1.1\r\n${head}X-A: b`, 408],
    [
      "never ends its body",
      `POST /api/eval/a HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`,
      408,
    ],
    [
      "never ends a body in chunks",
      `POST /api/eval/a HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`,
      408,
    ],
    ["asks for nothing more", `GET / HTTP/1.1\r\n${head}\r\n`, 404],
    [
      "has a head without end",
      `GET / HTTP/1.1\r\n${head}X: ${"a".repeat(100_000)}`,
      431,
    ],
    ["asks for a path without end", `GET /${"a".repeat(100_000)}`, 431],
    ["speaks no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 400],
    [
      "sends a body of two lengths",
      `POST / HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\naa`,
      400,
    ],
    [
      "sends a larger body than it may",
      `POST /api/eval/a HTTP/1.1\r\n${head}Content-Length: 2000000\r\n\r\n${
        "a".repeat(1_100_000)
      }`,
      413,
    ],
    [
      "sends a body with a GET",
      `GET /api/features/a HTTP/1.1\r\n${head}Content-Length: 10\r\n\r\n`,
      400,
    ],
  ] as const
) {
  Deno.test(`startServer() cuts off a client that ${name}`, async () => {
    await withServer({ limits: quick, remoteEval: true }, async (url) => {
      const answer = await rawRequest(url, text);
      assertMatch(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
    });
  });
}

Deno.test("startServer() keeps a stream open that outlasts its limits", async () => {
  await withServer({ limits: quick }, async (url) => {
    const stream = await fetch(`${url}/sub/a`);
    const reader = stream.body!.getReader();
    assertEquals(
      new TextDecoder().decode((await reader.read()).value),
      "retry: 10000\n\n",
    );
    // Another client is cut off meanwhile, twice.
    await rawRequest(url, "");
    await rawRequest(url, "");
    let isOver = false;
    const next = reader.read().then(({ done }) => isOver = done);
    await fetch(`${url}/api/features/a`).then((answer) => answer.text());
    assertEquals(isOver, false);
    await reader.cancel();
    await next;
  });
});

Deno.test("startServer() takes no more connections than it may", async () => {
  await withServer({ limits: { connections: 1 } }, async (url) => {
    const stream = await fetch(`${url}/sub/a`);
    const asked = `GET / HTTP/1.1\r\n${head}Connection: close\r\n\r\n`;
    assertEquals(await rawRequest(url, asked), "");
    await stream.body!.cancel();
  });
});

Deno.test("startServer() cuts off a stream that is not read, and keeps little for it", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const url = new URL(server.url);
  const socket = connect(Number(url.port), url.hostname);
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  socket.write(`GET /sub/a HTTP/1.1\r\n${head}\r\n`);
  await new Promise<void>((resolve) => socket.once("data", () => resolve()));
  socket.pause();
  const pushed: number[] = [];
  for (let version = 0; server.streams() > 0 && version < 60; version++) {
    const text = `${version}`.repeat(1_000_000);
    await file.replace({ features: { version: { defaultValue: text } } });
    await server.reload();
    pushed.push(version);
  }
  assertEquals(server.streams(), 0);
  assert(pushed.length < 50, `${pushed.length}`);
  socket.destroy();
  await server.close();
});

Deno.test("startServer() stops in time though a client hangs", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({
    file: file.path,
    remoteEval: true,
    limits: { closeTime: 20 },
  });
  const asked = rawRequest(
    server.url,
    `POST /api/eval/a HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`,
  );
  await fetch(`${server.url}/`).then((answer) => answer.text());
  await server.close();
  assertEquals(await asked, "");
});
