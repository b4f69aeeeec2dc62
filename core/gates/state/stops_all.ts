import type { Gate } from "../gate.ts";

/** Makes a gate that stops everybody at a definition of which something holds. */
export function stopsAll<Definition, Origin>(
  holds: (definition: Definition, origin: Origin) => boolean,
): Gate<Definition, Origin> {
  return {
    make: (definition, origin) =>
      holds(definition, origin) ? () => false : null,
  };
}
