/** Does something; what it throws is told to `onError`, and stops nothing else. */
export function attempt(
  action: () => void,
  onError: (error: unknown) => void,
): void {
  try {
    action();
  } catch (error) {
    onError(error);
  }
}
