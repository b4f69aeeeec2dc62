/** The keys of what a fleet shares under a name. All of them have one hash tag. */
export interface FleetKeys {
  /** The log. */
  readonly log: string;
  /** Where new events are told of. */
  readonly channel: string;
  /** The payload. */
  readonly payload: string;
  /** Where new payloads are told of. */
  readonly payloadChannel: string;
}

/**
 * Gives the keys of a name. Throws a `TypeError` where that is empty, longer than 100 characters, or
 * has others than letters, digits and `-_.:/`: a brace would end the hash tag.
 */
export function fleetKeys(name: string): FleetKeys {
  if (typeof name !== "string" || !/^[\w.:/-]{1,100}$/.test(name)) {
    throw new TypeError(
      "Cannot use Redis: the current name has characters other than letters, digits and -_.:/, or not 1 to 100",
    );
  }
  return {
    log: `{${name}}:log`,
    channel: `{${name}}:events`,
    payload: `{${name}}:payload`,
    payloadChannel: `{${name}}:payloads`,
  };
}
