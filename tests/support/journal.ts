/** Lets a test wait until something is the case, without sleeping. */
export interface Journal {
  /** Says that something happened. */
  readonly note: () => void;
  /** Resolves when the condition holds. Rejects after a minute, saying how things are. */
  readonly until: (
    condition: () => boolean,
    describe?: () => string,
  ) => Promise<void>;
}

const patience = 60_000;

/** Makes a journal. The time is the real one, so a test that would hang fails instead. */
export function createJournal(): Journal {
  const { setTimeout, clearTimeout } = globalThis;
  let checks: readonly (() => void)[] = [];
  return {
    note: () => {
      for (const check of checks) check();
    },
    until: (condition, describe = () => String(condition)) =>
      new Promise((resolve, reject) => {
        if (condition()) return resolve();
        const leave = () => {
          checks = checks.filter((other) => other !== check);
          clearTimeout(timer);
        };
        const check = () => {
          if (!condition()) return;
          leave();
          resolve();
        };
        const timer = setTimeout(() => {
          leave();
          reject(new Error(`Cannot wait any longer: ${describe()}`));
        }, patience);
        checks = [...checks, check];
      }),
  };
}
