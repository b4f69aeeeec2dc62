/**
 * Gives what tells of an error, and never throws itself. It writes to the console unless an
 * application has something better.
 */
export function createErrorReport(
  report: (error: unknown) => void = (error) => console.error(error),
): (error: unknown) => void {
  return (error) => {
    try {
      report(error);
    } catch {
      // Nobody is left to tell.
    }
  };
}
