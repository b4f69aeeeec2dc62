import { assertEquals, assertMatch } from "@std/assert";
import { readLines } from "../support/streams/read_lines.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";

const root = new URL("../../", import.meta.url);

for (const name of ["shop-hono", "shop-express"]) {
  Deno.test(`the example ${name} sells, remembers and reports`, async () => {
    const log = `${temporaryFolder()}/shop.db`;
    const shop = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", name, "0", log],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdout: "piped",
    }).spawn();
    const output = readLines(shop.stdout);
    try {
      const { value: first = "" } = await output.next();
      const origin = /http:\/\/localhost:\d+/.exec(first)?.[0] ?? "";
      for (let customer = 0; customer < 20; customer++) {
        await goShopping(origin, `customer-${customer}`, customer < 5);
      }
      assertEquals((await get(origin, "/health")).status, 200);
      const metrics = await (await get(origin, "/metrics")).text();
      assertMatch(
        metrics,
        /^growthstream_events_recorded_total\{consumer="store"\} \d+$/m,
      );
      const report = await (await get(origin, "/report")).text();
      assertMatch(report, /^ {2}buy: \d+ customers, \d+ bought, \d+ €$/m);
      const bought = [...report.matchAll(/(\d+) bought/g)]
        .map(([, count]) => Number(count));
      assertEquals(bought.reduce((sum, count) => sum + count, 0), 5);
    } finally {
      shop.kill("SIGTERM");
    }
    const rest: string[] = [];
    for await (const line of output) rest.push(line);
    await shop.status;
    // It ends in good order: the report is the last of it.
    assertEquals(rest.includes("order-button-text"), true);
    assertEquals(rest.filter((line) => line.includes(" sees ")).length, 20);
  });
}

Deno.test("the example shop-express says that its port is taken", async () => {
  const listener = Deno.listen({ port: 0 });
  const port = `${listener.addr.port}`;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "task",
      "--quiet",
      "shop-express",
      port,
      `${temporaryFolder()}/shop.db`,
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  listener.close();
  assertEquals(success, false);
  assertMatch(new TextDecoder().decode(stderr), /EADDRINUSE/);
});

async function goShopping(
  origin: string,
  id: string,
  buys: boolean,
): Promise<void> {
  const cookie = `gbuuid=${id}`;
  const page = await get(origin, "/products/kettle", cookie);
  assertMatch(await page.text(), /<button>(?:Buy|Order now) for 35 €/);
  const [sticky = ""] = page.headers.getSetCookie();
  assertMatch(sticky, /^gbStickyBuckets__id\|\|customer/);
  if (!buys) return;
  const order = await fetch(`${origin}/products/kettle/order`, {
    method: "POST",
    headers: { cookie },
    redirect: "manual",
  });
  await order.body?.cancel();
  assertEquals([order.status, order.headers.get("location")], [303, "/thanks"]);
}

function get(origin: string, path: string, cookie = ""): Promise<Response> {
  return fetch(origin + path, { headers: { cookie } });
}
