import type { Context } from "../../../core/types/context.ts";
import type { RemoteEvaluation } from "../../sources/payload_source.ts";
import type { RemoteAsker, RemoteParts } from "./create_remote.ts";

/** Loads the code that asks a server, which most clients don't need, and hands on the user. */
export function loadRemote(
  remote: RemoteEvaluation,
  parts: Omit<RemoteParts, "fail">,
): RemoteAsker {
  const fail = (error: unknown) =>
    parts.inputs.fail(
      error,
      "remote-evaluation",
      "The server could not be asked about the user",
    );
  // The user, from when there is one until the end.
  let context: Context<object> | null = null;
  let asker: RemoteAsker | null = null;
  const loading = import("./create_remote.ts").then(({ createRemote }) => {
    if (context === null) return;
    asker = createRemote(remote, { ...parts, fail });
    asker.update(context);
  }).catch(fail);
  return {
    update: (next) => {
      context = next;
      asker?.update(next);
    },
    ask: async () => {
      await loading;
      await asker?.ask();
    },
    stop: () => {
      context = null;
      asker?.stop();
    },
  };
}
