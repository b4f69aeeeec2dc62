import { assertEquals } from "@std/assert";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { App } from "../../examples/shop-react/src/app.tsx";
import { hooks, startClient } from "../../examples/shop-react/src/flags.ts";
import { readLines } from "../support/streams/read_lines.ts";

const root = new URL("../../", import.meta.url);

Deno.test("the servers of the example shop-react start by its command, answer, and end in good order", async () => {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["task", "--quiet", "shop:react", "--servers"],
      ...["--flags-port=0", "--collector-port=0"],
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdout: "piped",
  }).spawn();
  const output = readLines(process.stdout);
  try {
    const { value: first = "" } = await output.next();
    const [, flags = "", collector = ""] =
      /^Flags: (\S+), collector: (\S+)$/.exec(first) ?? [];
    const client = startClient("2", { flags, collector });
    const page = createElement(
      hooks.FlagsProvider,
      { client },
      createElement(App),
    );
    assertEquals((await client.ready({ timeout: 10_000 })).status, "ready");
    const html = renderToString(page);
    assertEquals(html.includes("<h1>Fresh tea, every morning</h1>"), true);
    const button = client.getFeatureValue("order-button", "");
    assertEquals(html.includes(`>${button}</button>`), true);
    assertEquals((await client.close()).isDelivered, true);
  } finally {
    process.kill("SIGTERM");
  }
  const rest: string[] = [];
  for await (const line of output) rest.push(line);
  assertEquals((await process.status).success, true);
  const collected = rest.filter((line) => line.startsWith("collected "))
    .map((line) => JSON.parse(line.slice("collected ".length)));
  assertEquals(
    collected.map((
      { experiment, user, country },
    ) => [experiment, user, country]),
    [["order-button-test", { id: "2" }, "gb"]],
  );
});
