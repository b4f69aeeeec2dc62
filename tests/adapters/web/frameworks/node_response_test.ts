import { assertEquals, assertThrows } from "@std/assert";
import { createServer, type ServerResponse } from "node:http";
import { addCookies } from "../../../../adapters/web/frameworks/node_response.ts";
import { listen } from "./express.ts";

/** Serves a response to which a cookie is added, and gives its cookies and what else was set. */
async function respond(
  answer: (response: ServerResponse) => void,
  cookies: readonly string[] = ["gbuuid=7"],
): Promise<readonly (readonly string[] | string | null)[]> {
  const server = createServer((_request, response) => {
    addCookies(response, () => cookies);
    answer(response);
  });
  const { origin, close } = await listen(server.listen(0));
  try {
    const response = await fetch(origin);
    await response.text();
    return [
      response.headers.getSetCookie().toSorted(),
      response.headers.get("x-shop"),
    ];
  } finally {
    await close();
  }
}

const cases: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "headers that were set": (response) => {
    response.setHeader("Set-Cookie", ["a=1", "b=2"]);
    response.setHeader("X-Shop", "1");
    response.end("body");
  },
  "one cookie that was set": (response) => {
    response.setHeader("set-cookie", "a=1");
    response.appendHeader("Set-Cookie", "b=2");
    response.setHeader("X-Shop", "1");
    response.write("body");
    response.end();
  },
  "headers of writeHead": (response) => {
    response.writeHead(200, { "set-COOKIE": ["a=1", "b=2"], "X-Shop": "1" });
    response.end("body");
  },
  "headers of writeHead behind a reason": (response) => {
    response.setHeader("X-Shop", "1");
    response.writeHead(200, "Fine", { "Set-Cookie": ["a=1", "b=2"] });
    response.end("body");
  },
  "a cookie that was set before other headers of writeHead": (response) => {
    response.setHeader("Set-Cookie", ["a=1", "b=2"]);
    response.writeHead(200, { "X-Shop": "1" });
    response.end("body");
  },
  "headers of writeHead as a flat list": (response) => {
    response.writeHead(200, [
      ...["Set-Cookie", "a=1", "X-Shop", "1"],
      ...["Set-Cookie", "b=2"],
    ]);
    response.end("body");
  },
  "headers that are sent early": (response) => {
    response.setHeader("Set-Cookie", ["a=1", "b=2"]);
    response.setHeader("X-Shop", "1");
    response.flushHeaders();
    response.end("body");
  },
};

for (const [name, answer] of Object.entries(cases)) {
  Deno.test(`addCookies() leaves ${name}, and adds its own`, async () => {
    assertEquals(await respond(answer), [["a=1", "b=2", "gbuuid=7"], "1"]);
  });
}

Deno.test("addCookies() leaves a response alone where there are none", async () => {
  const answer = (response: ServerResponse) => {
    response.writeHead(200, { "Set-Cookie": "a=1", "X-Shop": "1" });
    response.end();
  };
  assertEquals(await respond(answer, []), [["a=1"], "1"]);
});

Deno.test("addCookies() asks for the cookies when the headers are sent", async () => {
  const cookies: string[] = [];
  const answer = (response: ServerResponse) => {
    cookies.push("late=1");
    response.end();
  };
  assertEquals((await respond(answer, cookies))[0], ["late=1"]);
});

Deno.test("addCookies() adds to headers of writeHead in which there are no cookies", async () => {
  const plain = (response: ServerResponse) => {
    response.writeHead(200, "Fine", { "X-Shop": "1" });
    response.end();
  };
  const beside = (response: ServerResponse) => {
    response.setHeader("X-Other", "2");
    response.writeHead(200, { "X-Shop": "1" });
    response.end();
  };
  const flat = (response: ServerResponse) => {
    response.writeHead(200, ["X-Shop", "1"]);
    response.end();
  };
  for (const answer of [plain, beside, flat]) {
    assertEquals(await respond(answer), [["gbuuid=7"], "1"]);
  }
});

Deno.test("addCookies() adds to headers that come after others, which Node refused", async () => {
  const answer = (response: ServerResponse) => {
    const refused = { "X-Shop": "two\nlines" };
    assertThrows(() => response.writeHead(500, refused), TypeError);
    response.writeHead(200, { "X-Shop": "1" });
    response.end();
  };
  assertEquals(await respond(answer), [["gbuuid=7"], "1"]);
});
