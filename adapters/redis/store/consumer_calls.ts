import { checkCheckpoint, type Checkpoint } from "../../log/port/checkpoint.ts";
import {
  checkKey,
  checkOwner,
  type ConsumerKey,
} from "../../log/port/consumer_key.ts";
import type { ConsumerState } from "../../log/port/event_store.ts";
import type { OwnerOperations } from "../../log/port/operations.ts";
import type { RedisScript } from "../client/create_script.ts";
import {
  claimScript,
  commitScript,
  consumersScript,
  releaseScript,
} from "../scripts/consumer_scripts.ts";
import type { ClaimedNames } from "./create_claimed_names.ts";
import type { Holder } from "./create_holder.ts";
import type { LogAccess } from "./create_log_access.ts";
import { escapeText, unescapeText } from "./record_text.ts";

/** A key with its owner, checked and as Redis has them. */
export interface StoredKey {
  readonly key: string;
  readonly name: string;
  readonly lane: string;
  readonly owner: string;
}

/** Checks a key and an owner, and gives them as Redis has them. Throws as the port says. */
export function storeKey(key: ConsumerKey, owner: string): StoredKey {
  const { name, lane } = checkKey(key);
  checkOwner(owner);
  const stored = { name: escapeText(name), lane: escapeText(lane) };
  return {
    ...stored,
    key: `${stored.name}\n${stored.lane}`,
    owner: escapeText(owner),
  };
}

/** The operations of a store on its consumers. */
export function consumerCalls(
  access: LogAccess,
  holder: Holder,
  names: ClaimedNames,
): OwnerOperations {
  const own = async (
    script: RedisScript,
    task: string,
    { key, owner }: StoredKey,
    rest: readonly string[] = [],
    id = holder.id(),
  ) => {
    const { result } = await access.run(script, {
      task,
      args: [key, owner, id, String(holder.lifetime), ...rest],
    });
    return result;
  };
  return {
    consumers: async () => {
      const { result } = await access.run(consumersScript, {
        task: "read the consumers",
        args: [],
      });
      return readConsumers(result as readonly string[]);
    },
    claim: async (key, owner) => {
      const stored = storeKey(key, owner);
      await holder.settle(stored.key);
      const by = { id: holder.id(), asked: holder.time() };
      const [checkpoint] = await own(claimScript, "claim", stored, [
        stored.lane,
      ], by.id);
      if (checkpoint === undefined) {
        if (holder.isHeld(stored.key, stored.owner)) holder.drop(stored.key);
        return null;
      }
      holder.hold(stored.key, stored.owner, by);
      names.add(stored.lane, stored.name);
      return {
        checkpoint: readCheckpoint(String(checkpoint)),
        isHeld: () =>
          !access.isClosed() && holder.isHeld(stored.key, stored.owner),
      };
    },
    commit: async (key, owner, checkpoint) => {
      const { position, unsettled } = checkCheckpoint(checkpoint);
      const stored = storeKey(key, owner);
      // What was settled before the log went back says nothing of the log that is there now.
      if (!access.isClosed() && !holder.isHeld(stored.key, stored.owner)) {
        return false;
      }
      const asked = holder.time();
      const rest = [`${position}:${unsettled.join(",")}`];
      const [isDone] = await own(commitScript, "commit", stored, rest);
      if (Number(isDone) === 1) {
        holder.confirm(asked);
        return true;
      }
      if (holder.isHeld(stored.key, stored.owner)) holder.drop(stored.key);
      return false;
    },
    release: async (key, owner) => {
      const stored = storeKey(key, owner);
      const { lane, name } = stored;
      const giveBack = async () => {
        const [isDone] = await own(releaseScript, "release", stored, [
          lane,
          name,
        ]);
        names.remove(lane, name);
        return Number(isDone) === 1;
      };
      try {
        return await giveBack();
      } catch (error) {
        holder.owe(stored.key, giveBack);
        throw error;
      } finally {
        if (holder.isHeld(stored.key, stored.owner)) holder.drop(stored.key);
      }
    },
  };
}

function readConsumers(list: readonly string[]): readonly ConsumerState[] {
  const states: ConsumerState[] = [];
  for (let index = 0; index < list.length; index += 3) {
    const [name, lane] = list[index]!.split("\n");
    const owner = list[index + 2]!;
    states.push({
      name: unescapeText(name!),
      lane: unescapeText(lane!),
      checkpoint: readCheckpoint(list[index + 1]!),
      owner: owner === "" ? null : unescapeText(owner),
    });
  }
  const byText = (one: string, other: string) =>
    one < other ? -1 : one > other ? 1 : 0;
  return states.sort((one, other) =>
    byText(one.name, other.name) || byText(one.lane, other.lane)
  );
}

function readCheckpoint(text: string): Checkpoint {
  const [position, list = ""] = text.split(":");
  return {
    position: Number(position),
    unsettled: list === "" ? [] : list.split(",").map(Number),
  };
}
