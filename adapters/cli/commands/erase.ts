import {
  type Command,
  defineCommand,
  print,
  refuse,
} from "../command/command.ts";
import { withStore } from "../log/open/with_store.ts";
import { count } from "../payload/describe_issue.ts";

/** Removes what a log keeps of a user. */
export const eraseCommand: Command = defineCommand({
  name: "erase",
  summary: "Removes what a log keeps of a user.",
  description: [
    "Removes what a log keeps of a user: each event about the user becomes an empty one of the type erased, and parked events, sticky buckets and the memory of exposures go. Nothing brings them back.",
    "It is about events whose attribute has that value, the exposures that it decided, and the events that were recorded with it. A user who is known by several attributes takes several calls.",
  ],
  positionals: {
    LOG: {
      summary:
        "The file of the log, as sqliteStore writes it, or the redis:// address of one in Redis.",
    },
  },
  options: {
    user: {
      value: "VALUE",
      summary: "The value of the attribute, such as an id. Required.",
    },
    attribute: {
      value: "NAME",
      summary: "The attribute that tells the user; default id.",
    },
  },
  examples: [
    "erase log.db --user user-7",
    "erase log.db --attribute deviceId --user dev-7c1e",
  ],
  run: async ({ positionals, options }, host) => {
    const { user: value, attribute } = options;
    if (value === null) {
      return await refuse(host, "Cannot erase: --user is missing");
    }
    const erased = await withStore(
      positionals.LOG,
      (store) => store.erase({ attribute: attribute ?? "id", value }),
    );
    return typeof erased === "string"
      ? await refuse(host, erased)
      : await print(host, `${count(erased, "event")} erased\n`);
  },
});
