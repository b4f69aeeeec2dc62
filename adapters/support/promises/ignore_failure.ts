/** Does something whose failure does not matter, whether it throws or rejects. Never throws or rejects. */
export async function ignoreFailure(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {
    // Nobody is to be told.
  }
}
