/**
 * Releases the version that `deno.json` names: checks that the tree is what it says, tags it and
 * pushes the tag. The workflow `.github/workflows/release.yml` runs the gate on it and publishes it
 * to npm and JSR. With `--dry-run` only the checks are made.
 *
 * @module
 */
import configuration from "../deno.json" with { type: "json" };

const { version } = configuration;
const tag = `v${version}`;
const changes = await Deno.readTextFile(
  new URL("../CHANGES.md", import.meta.url),
);
const problems = [
  ...(changes.includes(`\n## ${version}\n`) ? [] : [
    `CHANGES.md has no section "## ${version}" (a section that says "unreleased" is none)`,
  ]),
  ...(await git("status", "--porcelain") === ""
    ? []
    : ["the tree has changes that are not committed"]),
  ...(await git("branch", "--show-current") === "main"
    ? []
    : ["the current branch is not main"]),
  ...(await git("tag", "--list", tag) === ""
    ? []
    : [`the tag ${tag} is there already`]),
];
if (problems.length > 0) {
  for (const problem of problems) {
    console.error(`Cannot release ${version}: ${problem}`);
  }
  Deno.exit(1);
}
if (Deno.args.includes("--dry-run")) {
  console.log(`${tag} is ready to be released`);
} else {
  await git("tag", "--annotate", tag, "--message", tag);
  await git("push", "origin", "main", tag);
  console.log(`${tag} is pushed: the release workflow publishes it`);
}

async function git(...args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: [...args],
  }).output();
  if (!success) {
    throw new Error(
      `Cannot run git ${args[0]}: ${new TextDecoder().decode(stderr).trim()}`,
    );
  }
  return new TextDecoder().decode(stdout).trim();
}
