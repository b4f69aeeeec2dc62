import type { Payload } from "../../core/types/payload.ts";
import { judgePayload } from "../growthbook/judge_payload.ts";
import type { Clock } from "../support/time/clock.ts";
import {
  createServedPayload,
  type ServedPayload,
} from "./create_served_payload.ts";
import { followChanges } from "./follow_changes.ts";
import { loadPayloadFile } from "./load_payload_file.ts";
import { applyOverrides, type Overrides } from "./overrides/apply_overrides.ts";
import { loadOverrides } from "./overrides/load_overrides.ts";

/** How the payload of a file is followed. */
export interface PayloadFollowing {
  /** The path of the file. */
  readonly file: string;
  /** The path of a file with overrides, which is followed too; null for none. */
  readonly overridesFile: string | null;
  /** Overrides that beat those of the file. */
  readonly overrides: Overrides;
  /** The key to encrypt with, and to decrypt the file where that is encrypted; null for none. */
  readonly encryptionKey: string | null;
  readonly clock: Clock;
  /** Is told why a file is not used. */
  readonly say: (message: string) => void;
  /** Is told of each new payload. */
  readonly push: (served: ServedPayload) => void;
}

/** The payload of a file, as it is served at the moment. */
export interface FollowedPayload {
  readonly served: () => ServedPayload;
  /** Reads the files again; true where that changed what is served. */
  readonly reload: () => Promise<boolean>;
  /** Stops, and resolves when nothing is being read any more. */
  readonly stop: () => Promise<void>;
}

/** What files said when they could be used last. */
interface Read {
  readonly payload: Payload;
  /** Null where the file of overrides is not there. */
  readonly overrides: Overrides | null;
}

/**
 * Follows the payload of a file, and overrides that are laid over it. A file that can't be used, such
 * as one that is half-written, leaves the last good content in place. Rejects where there is no usable
 * content to begin with.
 */
export async function followPayload(
  { file, overridesFile, overrides, encryptionKey, clock, say, push }:
    PayloadFollowing,
): Promise<FollowedPayload> {
  let lastTime = 0;
  const lay = ({ payload, overrides: found }: Read) =>
    applyOverrides(payload, { ...found, ...overrides });
  const serve = (payload: Payload) => {
    // Later than the last, also where the clock is not: clients go by it.
    lastTime = Math.max(clock.now(), lastTime + 1);
    const date = new Date(lastTime).toISOString();
    return createServedPayload(payload, date, encryptionKey);
  };
  const files = [file, ...overridesFile === null ? [] : [overridesFile]];
  const read = (last: Read | null) =>
    readFiles({ file, overridesFile, encryptionKey }, last, say);
  // One after the other, so that what is read last is what is served.
  let reading: Promise<boolean> = Promise.resolve(false);
  const reload = () => reading = reading.catch(() => false).then(readAgain);
  const changes = files.map((path) =>
    followChanges(path, { clock, read: reload, say })
  );
  const noteAll = () => Promise.all(changes.map((each) => each.note()));

  await noteAll();
  let last = await read(null);
  let served = await serve(lay(last));
  async function readAgain(): Promise<boolean> {
    await noteAll();
    last = await read(last);
    const next = lay(last);
    const verdict = judgePayload(served.payload, next, false, 0);
    if (verdict === "same") return false;
    served = await serve(next);
    push(served);
    return true;
  }
  await Promise.all(changes.map((each) => each.start()));
  return {
    served: () => served,
    reload,
    stop: async () => {
      for (const each of changes) each.stop();
      await reading.catch(() => {});
    },
  };
}

async function readFiles(
  { file, overridesFile, encryptionKey }: Pick<
    PayloadFollowing,
    "file" | "overridesFile" | "encryptionKey"
  >,
  last: Read | null,
  say: (message: string) => void,
): Promise<Read> {
  const keep = <Part>(
    message: string,
    good: Part | undefined,
    what: string,
  ) => {
    if (good === undefined) throw new Error(message);
    say(`${message}; the last good ${what} still served`);
    return good;
  };
  const loaded = await loadPayloadFile(file, encryptionKey);
  const payload = loaded.kind === "loaded"
    ? loaded.payload
    : keep(loaded.message, last?.payload, "payload is");
  if (overridesFile === null) return { payload, overrides: null };
  const found = await loadOverrides(overridesFile);
  if (found.kind === "missing") {
    if (last === null || last.overrides !== null) {
      say(`${overridesFile} is not there: it forces nothing`);
    }
    return { payload, overrides: null };
  }
  const overrides = found.kind === "loaded"
    ? found.overrides
    : keep(found.message, last?.overrides ?? undefined, "overrides are");
  return { payload, overrides };
}
