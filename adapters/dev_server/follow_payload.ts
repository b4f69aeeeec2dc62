import type { Payload } from "../../core/types/payload.ts";
import { judgePayload } from "../growthbook/judge_payload.ts";
import { followFile } from "../sources/file/follow_file.ts";
import { signFile } from "../sources/file/sign_file.ts";
import type { Clock } from "../support/clock.ts";
import { createServedPayload } from "./create_served_payload.ts";
import { loadPayloadFile } from "./load_payload_file.ts";
import type { ServedPayload } from "./create_served_payload.ts";

/** How long a file has to be left alone before it is read, in milliseconds. */
const settleTime = 50;

/** How often it is looked at where the system doesn't tell of a change, in milliseconds. */
const lookInterval = 1_000;

/** How the payload of a file is followed. */
export interface PayloadFollowing {
  /** The path of the file. */
  readonly file: string;
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
  /** Reads the file again; true where that changed what is served. */
  readonly reload: () => Promise<boolean>;
  /** Stops, and resolves when nothing is being read any more. */
  readonly stop: () => Promise<void>;
}

/**
 * Follows the payload of a file. A file that can't be used, such as one that is half-written, leaves
 * the last good payload in place. Rejects where there is no usable payload to begin with.
 */
export async function followPayload(
  { file, encryptionKey, clock, say, push }: PayloadFollowing,
): Promise<FollowedPayload> {
  let lastTime = 0;
  const serve = (payload: Payload) => {
    // Later than the last, also where the clock is not: clients go by it.
    lastTime = Math.max(clock.now(), lastTime + 1);
    const date = new Date(lastTime).toISOString();
    return createServedPayload(payload, date, encryptionKey);
  };
  let seen = await signatureOf(file);
  const first = await loadPayloadFile(file, encryptionKey);
  if (first.kind === "unusable") throw new Error(first.message);
  let served = await serve(first.payload);

  const readAgain = async (): Promise<boolean> => {
    seen = await signatureOf(file);
    const loaded = await loadPayloadFile(file, encryptionKey);
    if (loaded.kind === "unusable") {
      say(`${loaded.message}; the last good payload is still served`);
      return false;
    }
    const { verdict } = judgePayload(served.payload, loaded.payload, false, 0);
    if (verdict === "same") return false;
    served = await serve(loaded.payload);
    push(served);
    return true;
  };
  // One after the other, so that what is read last is what is served.
  let reading: Promise<boolean> = Promise.resolve(false);
  const reload = () => reading = reading.catch(() => false).then(readAgain);
  const follower = followFile(file, {
    clock,
    settleTime,
    onChange: (how) =>
      void followUp(how).catch((error) =>
        say(error instanceof Error ? error.message : String(error))
      ),
  });
  const followUp = async (how: "read" | "look") => {
    await follower.follow(lookInterval);
    if (how === "read" || await signatureOf(file) !== seen) await reload();
  };
  await follower.follow(lookInterval);
  return {
    served: () => served,
    reload,
    stop: async () => {
      follower.stop();
      await reading.catch(() => {});
    },
  };
}

async function signatureOf(file: string): Promise<string | null> {
  try {
    return (await signFile(file)).signature;
  } catch {
    return null;
  }
}
