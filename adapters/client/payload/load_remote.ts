import type { Context } from "../../../core/types/context.ts";
import type { RemoteEvaluation } from "../../sources/payload_source.ts";
import type { RemoteAsker, RemoteOutlets } from "./create_remote.ts";

/** Loads the code that asks a server, which most clients don't need, and hands on the user. */
export function loadRemote(
  remote: RemoteEvaluation,
  outlets: RemoteOutlets,
): RemoteAsker {
  let context: Context<object> | null = null;
  let asker: RemoteAsker | null = null;
  let isStopped = false;
  const loading = import("./create_remote.ts").then(({ createRemote }) => {
    if (isStopped) return;
    asker = createRemote(remote, outlets);
    if (context !== null) asker.update(context);
  }).catch(outlets.fail);
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
      isStopped = true;
      asker?.stop();
    },
  };
}
