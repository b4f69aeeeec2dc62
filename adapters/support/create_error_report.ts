/**
 * Makes a function that reports an error, and never throws itself: what the handler throws, or rejects
 * with, has no effect.
 */
export function createErrorReport<Reason>(
  report: (error: Reason) => unknown,
): (error: Reason) => void {
  const tell = async (error: Reason) => {
    try {
      await report(error);
    } catch {
      // There is no other handler to tell.
    }
  };
  return (error) => void tell(error);
}
