import { assert, assertEquals } from "@std/assert";
import { noRedis } from "../support/redis_server.ts";

Deno.test({
  name:
    "the example fleet shows each customer the same on three pods, and tells it once",
  ignore: noRedis,
  fn: async () => {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "fleet"],
      cwd: new URL("../../", import.meta.url),
      env: { NO_COLOR: "1" },
    }).output();
    const lines = new TextDecoder().decode(stdout).split("\n");
    assertEquals(success, true);
    const seen = lines.filter((line) => line.includes(" on three pods: "));
    assertEquals(seen.length, 4);
    for (const line of seen) {
      const buttons = line.split(": ")[1]!.split(", ");
      assertEquals(new Set(buttons).size, 1);
      assert(["Buy", "Order now"].includes(buttons[0]!));
    }
    const told = lines.filter((line) => line.includes("order-button-text: "));
    assertEquals(told.length, 4);
  },
});
