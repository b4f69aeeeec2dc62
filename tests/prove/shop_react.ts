/**
 * The shop in React with Vite, as its task starts it, in Chromium. It installs packages, so it is a part of
 * `prove` and not of the gate.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { packageArchive } from "../package/project.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";

const script = new URL(
  "../../tools/shop/take_screenshots.ts",
  import.meta.url,
);

Deno.test("the shop in React splits an experiment, delivers exposures and follows its payload", async () => {
  await packageArchive();
  const images = temporaryFolder();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", script.href, images],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(success, true, new TextDecoder().decode(stderr));
  const users = new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.startsWith("collected "))
    .map((line) => JSON.parse(line.slice("collected ".length)))
    .map(({ user, variation }) => `${user.id} ${variation}`);
  assertEquals(users.length, 3);
  assertEquals(new Set(users.map((each) => each.slice(2))).size, 2);
  for (const name of ["shop-before.png", "shop-after.png"]) {
    const [, ...signature] = await Deno.readFile(`${images}/${name}`);
    assertEquals(
      new TextDecoder().decode(new Uint8Array(signature.slice(0, 3))),
      "PNG",
    );
  }
});
