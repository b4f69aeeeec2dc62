import {
  type Checkpoint,
  noCheckpoint,
  passOver,
} from "../../log/port/checkpoint.ts";
import {
  checkKey,
  checkOwner,
  type ConsumerKey,
  redeliveryLane,
  wholeLog,
} from "../../log/port/consumer_key.ts";
import type { ConsumerState } from "../../log/port/event_store.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { readText, writeText } from "../file/stored_text.ts";

/** A key with its owner, checked and ready to be stored. */
export interface StoredKey {
  readonly name: string;
  readonly lane: string;
  readonly owner: string;
}

interface Row {
  readonly name: string;
  readonly lane: string;
  readonly position: number;
  readonly unsettled: string;
  readonly owner: string | null;
  readonly holder: string | null;
}

/** Checks a key and an owner, and gives them as they are stored. Throws as the port says. */
export function storeKey(key: ConsumerKey, owner: string): StoredKey {
  const { name, lane } = checkKey(key);
  checkOwner(owner);
  return {
    name: writeText(name),
    lane: writeText(lane),
    owner: writeText(owner),
  };
}

/** Gives all consumers, with their owners where `isAlive` says so of the owner's lock. */
export function listConsumers(
  { statements }: Connection,
  isAlive: (holder: string) => boolean,
): readonly ConsumerState[] {
  const alive = new Map<string, boolean>();
  const look = (holder: string) => {
    const known = alive.get(holder) ?? isAlive(holder);
    alive.set(holder, known);
    return known;
  };
  return (statements.consumers.all() as unknown as readonly Row[]).map((
    { owner, holder, ...row },
  ) => ({
    name: readText(row.name),
    lane: readText(row.lane),
    checkpoint: readCheckpoint(row),
    owner: owner !== null && holder !== null && look(holder)
      ? readText(owner)
      : null,
  }));
}

/** Gives all consumers with their checkpoints alone. */
export function listCheckpoints(
  connection: Connection,
): readonly ConsumerState[] {
  return listConsumers(connection, () => false);
}

/** Makes an owner that of a key, where no other is alive; gives its checkpoint, or null. */
export function claimKey(
  { statements }: Connection,
  { name, lane, owner }: StoredKey,
  holder: string,
  isAlive: (holder: string) => boolean,
): Checkpoint | null {
  const row = statements.consumer.get(name, lane) as unknown as Row | undefined;
  const other = row?.owner ?? owner;
  if (other !== owner && isAlive(row?.holder ?? "")) return null;
  statements.claim.run(name, lane, owner, holder);
  return row === undefined ? noCheckpoint : readCheckpoint(row);
}

/** Whether an owner has a key. */
export function isOwner(
  { statements }: Connection,
  { name, lane, owner }: StoredKey,
  holder: string,
): boolean {
  const row = statements.consumer.get(name, lane) as unknown as Row | undefined;
  return row?.owner === owner && row.holder === holder;
}

/** Sets a checkpoint, which was checked, where the owner has the key. */
export function commitKey(
  { statements }: Connection,
  { name, lane, owner }: StoredKey,
  holder: string,
  checkpoint: Checkpoint,
): boolean {
  const { position, unsettled } = passOver(checkpoint, lastPruned(statements));
  const { changes } = statements.commit.run(
    stored(position),
    JSON.stringify(unsettled),
    name,
    lane,
    owner,
    holder,
  );
  return Number(changes) === 1;
}

/** Gives a key up; a lane that is done is forgotten. */
export function releaseKey(
  connection: Connection,
  key: StoredKey,
  holder: string,
): boolean {
  const { statements } = connection;
  const { name, lane, owner } = key;
  const { changes } = statements.release.run(name, lane, owner, holder);
  if (Number(changes) !== 1) return false;
  if (readText(lane) === wholeLog) return true;
  const row = statements.consumer.get(name, lane) as unknown as Row;
  if (readText(lane) === redeliveryLane || isDone(connection, row)) {
    statements.forgetConsumer.run(name, lane);
    statements.forgetLane.run(lane);
  }
  return true;
}

/** Moves all checkpoints past a position whose events left. */
export function passOverAll(
  { statements }: Connection,
  through: number,
): void {
  for (const row of statements.consumers.all() as unknown as readonly Row[]) {
    const checkpoint = readCheckpoint(row);
    const next = passOver(checkpoint, through);
    if (next === checkpoint) continue;
    statements.setCheckpoint.run(
      next.position,
      JSON.stringify(next.unsettled),
      row.name,
      row.lane,
    );
  }
}

function isDone({ statements }: Connection, row: Row): boolean {
  const { position, unsettled } = readCheckpoint(row);
  return unsettled.length === 0 &&
    statements.readLane.get(position, row.lane, 1) === undefined;
}

function readCheckpoint(
  { position, unsettled }: Pick<Row, "position" | "unsettled">,
): Checkpoint {
  return { position, unsettled: JSON.parse(unsettled) };
}

function lastPruned(statements: Connection["statements"]): number {
  const first = readNumber(statements.first.get());
  return first > 0 ? first - 1 : readNumber(statements.last.get());
}

// A position past what SQLite keeps exactly is the end, whatever that will be.
function stored(position: number): number {
  return Math.min(position, Number.MAX_SAFE_INTEGER);
}
