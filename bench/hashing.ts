import { do_not_optimize } from "mitata";
import { bucketOf, compileHash } from "../core/hash/compile_hash.ts";
import { interleave } from "./interleave.ts";
import { users } from "./workloads.ts";

const seeds = Array.from({ length: 200 }, (_, index) => `seed-${index}`);
const ids = users.map(({ id }) => String(id));

/** A bare FNV-1a loop over the code units of a text: the floor of any hash. */
function bareFnv1a(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/** Hashes as version 2 is defined: the hash of a seed and a value, and the hash of its digits. */
export function bareDoubleHash(call: number): void {
  const text = seeds[call % seeds.length]! + ids[call % ids.length]!;
  do_not_optimize(bareFnv1a(String(bareFnv1a(text))) % 10_000 / 10_000);
}

const hashes = seeds.map((seed) => compileHash(seed, 2));

/** Compares the compiled hash with the bare loop over the same code units. */
export function compareHashing(): ReturnType<typeof interleave> {
  return interleave(
    (call) =>
      do_not_optimize(
        bucketOf(hashes[call % seeds.length]!, ids[call % ids.length]!),
      ),
    bareDoubleHash,
  );
}
