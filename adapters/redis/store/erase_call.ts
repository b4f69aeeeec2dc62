import type { EventStore } from "../../log/port/event_store.ts";
import { userKey } from "../../log/port/exposure_key.ts";
import { valueText } from "../../log/port/value_text.ts";
import { erasedEvent, isAbout } from "../../log/port/is_about.ts";
import type { StickyBucketStore } from "../../sticky/sticky_bucket_store.ts";
import { replaceScript, unmarkScript } from "../scripts/erase_scripts.ts";
import type { LogAccess } from "./create_log_access.ts";
import type { MarkKeys } from "./create_mark_keys.ts";
import type { ParkedCalls } from "./parked_calls.ts";
import type { pageReader } from "./read_calls.ts";
import { escapeText, writeErased } from "./record_text.ts";

/** What erasing needs. */
export interface EraseSetting {
  readonly access: LogAccess;
  readonly readPage: ReturnType<typeof pageReader>;
  readonly keys: MarkKeys;
  readonly parked: Pick<ParkedCalls, "eraseParked">;
  readonly stickyBuckets: Pick<StickyBucketStore, "erase"> | undefined;
}

/** Makes the `erase` of a store. The log is read page by page, and what is about the user is replaced. */
export function eraseCall(setting: EraseSetting): EventStore["erase"] {
  const { access, readPage, keys, parked, stickyBuckets } = setting;
  return async (user) => {
    let erased = 0;
    let end = 0;
    for (let after = 0;;) {
      const { events, through, last } = await readPage("erase", after, 1_000);
      const found = events.map(({ event }) => event)
        .filter((event) => isAbout(event, user));
      if (found.length > 0) {
        const { result } = await access.run(replaceScript, {
          task: "erase",
          args: found.flatMap((event) => [
            String(event.position),
            escapeText(event.id),
            writeErased(erasedEvent(event)),
          ]),
        });
        erased += Number(result[0]);
      }
      // What is appended meanwhile is read too, but no erasure goes on for ever.
      end ||= last + 100_000;
      if (through <= after || through >= Math.min(last, end)) break;
      after = through;
    }
    const { attribute, value } = user;
    const pattern = matching(keys.ofUser(userKey(attribute, value)));
    for (let next: readonly unknown[] = ["", "0"]; next.length > 0;) {
      const args = [pattern, ...next.map(String)];
      next = (await access.run(unmarkScript, { task: "erase", args })).result;
    }
    await parked.eraseParked(user);
    await stickyBuckets?.erase?.({
      attributeName: attribute,
      attributeValue: valueText(value),
    });
    return erased;
  };
}

// Redis's patterns have characters that stand for others.
function matching(start: string): string {
  return `${start.replace(/[*?[\]\\^-]/g, "\\$&")}*`;
}
