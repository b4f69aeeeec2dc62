import type { Context } from "../../../core/types/context.ts";
import type { RemoteEvaluation } from "../../sources/payload_source.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { RemoteAnswers, RemoteAsker } from "./create_remote.ts";

/** Loads the code that asks a server, which most clients don't need, and hands on the user. */
export function loadRemote(
  remote: RemoteEvaluation,
  answers: RemoteAnswers,
): RemoteAsker {
  let context: Context<object> | null = null;
  let asker: RemoteAsker | null = null;
  let isStopped = false;
  const loading = import("./create_remote.ts").then(({ createRemote }) => {
    if (isStopped) return;
    asker = createRemote(remote, answers);
    if (context !== null) asker.update(context);
  }).catch(answers.failed);
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

/** Gives the report of a source about a question that failed; null where there is none. */
export function findReport(error: unknown): SourceReport | null {
  if (!(error instanceof Error) || !("report" in error)) return null;
  const { report } = error as { readonly report?: Partial<SourceReport> };
  return report?.type === "failed" ? report as SourceReport : null;
}
