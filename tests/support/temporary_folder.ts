let root: string | null = null;
let count = 0;

/** Makes an empty folder that goes when the tests have run. */
export function temporaryFolder(): string {
  root ??= makeRoot();
  const path = `${root}/${++count}`;
  Deno.mkdirSync(path);
  return path;
}

function makeRoot(): string {
  const made = Deno.makeTempDirSync({ prefix: "growthstream-" });
  globalThis.addEventListener("unload", () => {
    Deno.removeSync(made, { recursive: true });
  });
  return made;
}
