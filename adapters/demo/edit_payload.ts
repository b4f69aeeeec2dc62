import { readFile, rename, writeFile } from "node:fs/promises";
import type { Payload } from "../../core/types/payload.ts";

/** What an edit makes of a payload. */
export type PayloadEdit = (payload: Payload) => Payload;

/** Gives a rollout another coverage. */
export function setCoverage(key: string, coverage: number): PayloadEdit {
  return editRules(
    key,
    (rules) => rules.map((rule) => ({ ...rule, coverage })),
  );
}

/** Stops an experiment: everybody gets one value from now on. */
export function stopExperiment(key: string, winner: string): PayloadEdit {
  return editRules(key, () => [{ id: "fr_winner", force: winner }]);
}

/** Edits a file of a payload as an editor does: it writes another one, and puts that in its place. */
export async function editPayload(
  path: string,
  edit: PayloadEdit,
): Promise<void> {
  const payload: Payload = JSON.parse(await readFile(path, "utf8"));
  const draft = `${path}.draft`;
  await writeFile(draft, JSON.stringify(edit(payload), null, 2));
  await rename(draft, path);
}

type Rules = NonNullable<Payload["features"][string]["rules"]>;

function editRules(key: string, edit: (rules: Rules) => Rules): PayloadEdit {
  return (payload) => {
    const feature = payload.features[key];
    if (feature === undefined) return payload;
    const rules = edit(feature.rules ?? []);
    const features = { ...payload.features, [key]: { ...feature, rules } };
    return { ...payload, features };
  };
}
