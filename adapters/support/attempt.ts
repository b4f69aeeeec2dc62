/** Does something; what it throws goes to `onError`, and stops nothing else. */
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
