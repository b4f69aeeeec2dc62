import { createWarningReport } from "../../support/create_error_report.ts";
import type { Observable } from "../../support/observable.ts";
import type { StorageStatus, StorageWarning } from "./durable_options.ts";

/**
 * Warns, once for each code, of a disk that is done without and of events that were lost with the memory.
 * Without `onWarning` it is printed to standard error.
 */
export function warnOfStorage(
  status$: Observable<StorageStatus>,
  onWarning?: (warning: StorageWarning) => unknown,
): void {
  const tell = createWarningReport(onWarning);
  const told = new Set<string>();
  status$.subscribe((status) => {
    const warning = warningOf(status);
    if (warning === null || told.has(warning.code)) return;
    told.add(warning.code);
    tell(warning);
  });
}

function warningOf(status: StorageStatus): StorageWarning | null {
  if (status.state === "degraded") {
    const { code, message } = status;
    return {
      code,
      message:
        `the event log can't be used, so events wait in memory: ${message}`,
    };
  }
  if (status.state !== "closed" || status.lost === 0) return null;
  return {
    code: "lost",
    message:
      `${status.lost} events were lost, which were in memory when the event log was closed`,
  };
}
