/** Waits for a promise, but not beyond an abort: then it rejects, also where the other one hangs. */
export function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error("Cannot wait: it was aborted"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    const stop = () => signal.removeEventListener("abort", abort);
    promise.then(
      (value) => (stop(), resolve(value)),
      (error) => (stop(), reject(error)),
    );
  });
}
