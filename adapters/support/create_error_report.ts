/**
 * Gives what tells of an error, and never throws itself: what the one who is told throws, or rejects
 * with, hurts nobody else.
 */
export function createErrorReport<Reason>(
  report: (error: Reason) => unknown,
): (error: Reason) => void {
  const tell = async (error: Reason) => {
    try {
      await report(error);
    } catch {
      // Nobody is left to tell.
    }
  };
  return (error) => void tell(error);
}
