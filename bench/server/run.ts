/**
 * Measures a server: each request is one of a new user, with `forUser` and 20 `isOn` over 100 features,
 * 3.6 exposures, and a tracking callback; against the official SDK's scoped instance, in turn. Until
 * all exposures were handed over counts.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import * as official from "@growthbook/growthbook";
import { createClient, fixedSource } from "../../adapters/client/mod.ts";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import {
  type OfficialSdk,
  officialServer,
  ourServer,
  type Server,
  serverPayload,
} from "./server_workload.ts";

const rounds = Number(process.env["ROUNDS"] ?? 15);
const requests = 1_000;

const folder = mkdtempSync(join(tmpdir(), "growthstream-"));
const ours = makeOurs({});
const theirs = officialServer(official as unknown as OfficialSdk);
const stored = makeOurs({ store: sqliteStore(join(folder, "log.db")) });
const servers = [ours, theirs, stored];
for (let round = 0; round < 5; round++) {
  for (const server of servers) await server.serve(requests);
}
const times = servers.map(() => [] as number[]);
for (let round = 0; round < rounds; round++) {
  for (const [index, server] of servers.entries()) {
    times[index]!.push(await server.serve(requests));
  }
}
const [own, other, kept] = times as [number[], number[], number[]];
const ratio = median(own.map((time, round) => other[round]! / time));
const share = median(kept.map((time, round) => time / other[round]!));
console.log(
  `a request of a new user, ${ours.exposures().toFixed(1)} exposures`.padEnd(
    46,
  ),
  `${ratio.toFixed(2)} times as fast as the official`.padEnd(36),
  `${micro(own)} µs, official ${micro(other)} µs`,
);
console.log(
  "the same with a log in SQLite".padEnd(46),
  `${share.toFixed(2)} times the official's time`.padEnd(36),
  `${micro(kept)} µs`,
);
for (const server of servers) await server.close();
rmSync(folder, { recursive: true });

function makeOurs(
  options: Partial<Parameters<typeof createClient>[0]>,
): Server {
  let count = 0;
  const client = createClient({
    source: fixedSource(serverPayload),
    trackingCallback: () => {
      count++;
    },
    recording: { capacity: 1_000_000, maxCharacters: 1e9 },
    ...options,
  });
  return ourServer(client, () => count);
}

function micro(times: readonly number[]): string {
  return (median(times) / 1000).toFixed(1);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}
