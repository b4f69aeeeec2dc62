/** A function of a client that is known by its name alone. */
export type Method = (...args: unknown[]) => unknown;

/** Gives a function of a client, bound to it; null where the client has none of that name. */
export function methodOf(client: object, name: string): Method | null {
  const found: unknown = (client as { readonly [name: string]: unknown })[name];
  return typeof found === "function"
    ? (...args) => Reflect.apply(found, client, args)
    : null;
}
