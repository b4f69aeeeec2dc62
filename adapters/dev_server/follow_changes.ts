import { followFile } from "../sources/file/follow_file.ts";
import { signFile } from "../sources/file/sign_file.ts";
import type { Clock } from "../support/time/clock.ts";

/** How long a file has to be left alone before it is read, in milliseconds. */
const settleTime = 50;

/** How often it is looked at where the system doesn't tell of a change, in milliseconds. */
const lookInterval = 1_000;

/** What is done about changes. */
export interface ChangeReactions {
  readonly clock: Clock;
  /** Reads the file again. */
  readonly read: () => Promise<unknown>;
  /** Is told why a file can't be followed. */
  readonly say: (message: string) => void;
}

/** The changes of a file, followed. */
export interface FollowedChanges {
  /** Takes note of the file as it is now, which is about to be read. */
  readonly note: () => Promise<void>;
  /** Begins. */
  readonly start: () => Promise<void>;
  /** Stops. */
  readonly stop: () => void;
}

/** Follows the changes of a file, however it is saved, and has it read after each. */
export function followChanges(
  file: string,
  { clock, read, say }: ChangeReactions,
): FollowedChanges {
  let seen: string | null = null;
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
    if (how === "read" || await signatureOf(file) !== seen) await read();
  };
  return {
    note: async () => {
      seen = await signatureOf(file);
    },
    start: () => follower.follow(lookInterval),
    stop: follower.stop,
  };
}

async function signatureOf(file: string): Promise<string | null> {
  try {
    return (await signFile(file)).signature;
  } catch {
    return null;
  }
}
