/**
 * Writes the reference of all exports, as HTML, to `npm/reference`.
 *
 * @module
 */
import configuration from "../deno.json" with { type: "json" };

const root = new URL("../", import.meta.url);
await Deno.mkdir(new URL("npm/", root), { recursive: true });

const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    ...["doc", "--quiet", "--html", "--name=growthstream"],
    "--output=npm/reference",
    ...Object.values(configuration.exports),
  ],
  cwd: root,
  stdout: "inherit",
  stderr: "inherit",
}).spawn().status;
if (code === 0) console.log("npm/reference/index.html");
Deno.exit(code);
