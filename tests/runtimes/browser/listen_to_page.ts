import type { Page } from "playwright-core";

/** What a page told. */
export interface PageTold {
  /** The lines of its console, but for advice, as `error: text`, and what it did not catch, as `uncaught: text`. */
  readonly lines: readonly string[];
  /** Waits until the lines are as they should be; rejects after 30 seconds. */
  readonly until: (
    condition: (lines: readonly string[]) => boolean,
  ) => Promise<void>;
}

/** Notes what a page tells from now on. */
export function listenToPage(page: Page): PageTold {
  const lines: string[] = [];
  let wake: () => void = () => {};
  const note = (line: string) => {
    lines.push(line);
    wake();
  };
  page.on("console", (message) => {
    // React recommends its tools.
    if (message.type() === "info") return;
    note(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`uncaught: ${error.message}`));
  return {
    lines,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`The page told only: ${lines.join("\n")}`)),
          30_000,
        );
        wake = () => {
          if (!condition(lines)) return;
          clearTimeout(timer);
          resolve();
        };
        wake();
      }),
  };
}
