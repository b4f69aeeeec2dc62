/** What `report --help` prints. */
export const reportHelp: string = `\
Tells what is in an event log: each experiment with its exposures and users by
variation, the shares that its weights make expect and those that came about,
how likely that is by chance, and a verdict; how often features were evaluated;
and who reads the log, and what waits for them. The log is only read.

Usage: deno task report FILE.db [--demo] [--json]

  --demo      First writes a day of 100,000 simulated users to the file, which
              must be new: one experiment is healthy, one has a broken split,
              one has users who saw several variations.
  --json      Prints JSON.
  -h, --help  Prints this text.

A user is an attribute with a value, and counts once for each experiment.
Exit codes: 0, or 2 where the log can't be read.
`;

/** What `replay --help` prints. */
export const replayHelp: string = `\
Tells why a user saw what they saw of a feature: finds the decision in the log,
makes it again by the payload and the attributes that were recorded, and prints
the explanation. The log is only read.

Usage: deno task replay FILE.db --feature KEY --user ID [--at POSITION|TIME]

  --feature KEY  The feature that was asked for, or that has the experiment.
  --user ID      The value of the attribute that decided, or of the user's id.
  --at WHEN      The latest decision up to a position, a whole number, or a time
                 as ISO 8601 has it (2025-10-09T14:00Z); of all when absent.
  --json         Prints JSON.
  -h, --help     Prints this text.

It takes a log that keeps payloads. Attributes that were not recorded are told;
what follows from them is then not known.
Exit codes: 0, or 2 where the log can't be read or has no such decision.
`;

/** What `verify --help` prints. */
export const verifyHelp: string = `\
Makes the decisions in a log again, and tells how many come out the same: an
audit of the past. With another payload, a look ahead: how many users would
change variation, in which experiment, from which to which. The log is only
read.

Usage: deno task verify FILE.db [--payload NEW.json] [--key KEY] [--json]

  --payload FILE  The payload to decide by instead of those that were recorded.
  --key KEY       The key of an encrypted payload. It is never printed.
  --json          Prints JSON.
  -h, --help      Prints this text.

A user counts by their last decision. What can't be verified is counted apart,
with the attributes that were not recorded and would be needed.
Exit codes: 0, or 2 where the log or the payload can't be read.
`;

/** What `tail --help` prints. */
export const tailHelp: string = `\
Follows an event log: prints its last events, and each new one as it comes, one
JSON object a line, until it is stopped. The log is only read.

Usage: deno task tail FILE.db [--lines N] [--type TYPE] [--once]

  --lines N    How many of the last events to begin with; 10 when absent.
  --type TYPE  Prints events of this type alone.
  --once       Ends after the last event, instead of waiting for more.
  -h, --help   Prints this text.

Exit codes: 0, or 2 where the log can't be read.
`;
