import { consume } from "../../adapters/delivery/consume.ts";
import { type SqliteStore, sqliteStore } from "../../adapters/sqlite/mod.ts";
import type { RecordedEvent } from "../../core/events/types/recorded_event.ts";
import { batchOf } from "./batches.ts";
import { readReport } from "./read_report.ts";

/** What is to be killed, how often. */
export interface KillPlan {
  /** The program and its arguments; those of the writer follow. */
  readonly command: readonly string[];
  /** The file of the log. */
  readonly path: string;
  /** How often. */
  readonly kills: number;
  /** A number from 0 to 1, at random. */
  readonly random: () => number;
  /** Whether appends wait for the disk. */
  readonly powerSafe?: boolean;
}

/** What came of it; the counts of faults have to be 0. */
export interface KillReport {
  readonly kills: number;
  /** How many events were there in the end. */
  readonly events: number;
  /** Events that were acknowledged, and are not there. */
  readonly lost: number;
  /** Batches that are there in part. */
  readonly partial: number;
  /** Events whose position is not larger than that of an event before, or that are there twice. */
  readonly misplaced: number;
  /** Events that were delivered again, other than those of the batch in flight at a kill. */
  readonly repeated: number;
  /** Events that were never delivered. */
  readonly undelivered: number;
  /** What the writers said of errors: the last characters of it. */
  readonly stderr: string;
}

/** A writer's last words. */
interface Killed {
  readonly stdout: string;
  readonly stderr: string;
}

/** How much of what writers say of errors is kept, in characters. */
const KEPT = 4_000;

/**
 * Starts a writer with a consumer, kills it (SIGKILL) at a random moment, opens what it leaves, and
 * checks that; again and again on one file. One in five is killed while it starts. The next writer begins
 * with the batch whose acknowledgement is missing, which may be there or not.
 */
export async function killWriters(plan: KillPlan): Promise<KillReport> {
  const found = {
    events: 0,
    lost: 0,
    partial: 0,
    misplaced: 0,
    repeated: 0,
    undelivered: 0,
  };
  const given = new Set<string>();
  let inFlight = new Set<string>();
  const give = (ids: readonly string[]) => {
    for (const id of ids) {
      // The first of what was in flight may come again, and no other.
      if (given.has(id) && !inFlight.delete(id)) found.repeated++;
      given.add(id);
    }
  };
  let position = 0;
  let next = 0;
  let stderr = "";
  for (let kill = 0; kill < plan.kills; kill++) {
    const killed = await killWriter(plan, next);
    stderr = `${stderr}${killed.stderr}`.slice(-KEPT);
    const report = readReport(killed.stdout);
    give(report.given);
    if (report.given.length > 0) inFlight = new Set(report.inFlight);
    const store = sqliteStore(plan.path);
    const acknowledged = (report.appended.at(-1) ?? next - 1) + 1;
    const [reader] = await store.consumers();
    const { position: end, unsettled } = reader?.checkpoint ??
      { position: 0, unsettled: [] };
    const committed = (unsettled[0] ?? end + 1) - 1;
    const fresh = await readAll(store, position);
    // What was committed but not said is done all the same: it must not come again.
    for (const id of await readUpTo(store, committed)) inFlight.delete(id);
    const check = checkBatches(fresh, next, acknowledged, position);
    found.events += fresh.length;
    found.lost += check.lost;
    found.partial += check.partial;
    found.misplaced += check.misplaced;
    next = acknowledged;
    // A batch that is there without a word of it is given again, and must not be added again.
    const before = (await store.positions()).last;
    const again = await store.append(batchOf(next));
    const wasThere = again[0]!.position <= before;
    if (wasThere !== check.beyond) found.misplaced++;
    position = (await store.positions()).last;
    if (!wasThere) found.events += again.length;
    next++;
    await store.close();
  }
  const store = sqliteStore(plan.path);
  const consumer = consume(
    store,
    "reader",
    (events) => give(events.map(({ id }) => id)),
  );
  await consumer.flush();
  await consumer.stop();
  await store.close();
  for (let index = 0; index < next; index++) {
    for (const { id } of batchOf(index)) {
      if (!given.has(id)) found.undelivered++;
    }
  }
  return { kills: plan.kills, ...found, stderr };
}

async function killWriter(
  { command, path, random, powerSafe }: KillPlan,
  first: number,
): Promise<Killed> {
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, {
    args: [...args, path, String(first), powerSafe ? "safe" : ""],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // Read beside the output, for a writer waits where nobody reads.
  const errors = new Response(child.stderr).text();
  let text = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const kill = (delay: number) => {
    timer = setTimeout(() => child.kill("SIGKILL"), delay);
  };
  const whileStarting = random() < 0.2;
  if (whileStarting) kill(random() * 150);
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (text === "" && !whileStarting) kill(random() * 25);
    text += part;
  }
  const { signal, code } = await child.status;
  clearTimeout(timer);
  const stderr = await errors;
  if (signal !== "SIGKILL") {
    throw new Error(
      `Cannot kill the writer: it ended with exit code ${code}\n${
        stderr.slice(-KEPT)
      }`,
    );
  }
  return { stdout: text, stderr };
}

/** Checks that whole batches follow each other from `first`, at least up to `acknowledged`. */
function checkBatches(
  events: readonly RecordedEvent[],
  first: number,
  acknowledged: number,
  after: number,
): {
  readonly lost: number;
  readonly partial: number;
  readonly misplaced: number;
  readonly beyond: boolean;
} {
  let misplaced = 0;
  events.forEach(({ position }, index) => {
    if (position !== after + 1 + index) misplaced++;
  });
  let lost = 0;
  let partial = 0;
  const left = new Set(events.map(({ id }) => id));
  for (let index = first; index <= acknowledged; index++) {
    const ids = batchOf(index).map(({ id }) => id);
    const there = ids.filter((id) => left.delete(id)).length;
    if (there > 0 && there < ids.length) partial++;
    if (index < acknowledged) lost += ids.length - there;
    else {return {
        lost,
        partial,
        misplaced: misplaced + left.size,
        beyond: there > 0,
      };}
  }
  return { lost, partial, misplaced, beyond: false };
}

async function readAll(
  store: SqliteStore,
  after: number,
): Promise<readonly RecordedEvent[]> {
  return await store.read(after, Number.MAX_SAFE_INTEGER);
}

async function readUpTo(
  store: SqliteStore,
  through: number,
): Promise<readonly string[]> {
  const { first } = await store.positions();
  const events = await store.read(0, Math.max(0, through - first + 1));
  return events.map(({ id }) => id);
}
