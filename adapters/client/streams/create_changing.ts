/** Passes values on where they differ from the one before; the first always. */
export function createChanging<Value>(
  give: (value: Value) => void,
  isSame: (left: Value, right: Value) => boolean,
): (value: Value) => void {
  let last: { readonly value: Value } | null = null;
  return (value) => {
    if (last !== null && isSame(last.value, value)) return;
    last = { value };
    give(value);
  };
}
