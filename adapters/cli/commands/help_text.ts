/** What `--help` prints. */
export const helpText: string = `\
Evaluates the features of a GrowthBook payload for one user, and tells why each
of them has its value. Reads files only: nothing is fetched, sent or recorded.

Usage: deno task eval [options]

Without options it evaluates every feature of examples/shop.json for a user who
is made up. The table has a row for each feature: its value as JSON, where the
value came from (force, experiment, defaultValue, ...), the id of the rule that
decided (#2 is the second rule, where it has no id), and why.

Options:
  --payload FILE         The payload: the answer of a GrowthBook API or proxy, or
                         a plain record of features. - reads standard input.
  --key KEY              The key of an encrypted payload. It is never printed;
                         but who may list the processes of this machine sees it.
  --attributes JSON      The user's attributes, an object. Without this option a
                         user of your own payload has none, not even an id.
  --url URL              The page, absolute, http or https. Its query string may
                         force a variation: ?my-experiment=1
  --feature KEY          Evaluates this feature alone. May be repeated.
  --sticky-buckets JSON  Sticky bucketing is off, as in the library, unless this
                         gives the user's assignment documents; {} is a user who
                         has none yet. Only then are fallback attributes used.
  --explain              Prints the whole explanation of each feature: every rule
                         that was tried, the gates it was sent through, what they
                         saw, and the parent features.
  --json                 Prints a JSON array of { key, result }, with --explain
                         of { key, result, explanation }.
  -h, --help             Prints this text.

Where standard output is a terminal, the table is cut to its width; in a pipe or
a file nothing is cut, but only the first 200 characters of a value are printed
(--json prints all). Control characters are printed as \\uXXXX.

What is wrong with a payload is counted on standard error, and does not stop the
evaluation as long as there is a feature left.

Exit codes:
  0  The features were evaluated.
  2  They were not: an option, the payload, its key or a feature is not usable.
     One line on standard error says why.

Examples:
  deno task eval
  deno task eval --feature checkout-cta --explain
  deno task eval --attributes '{"id":"user-7","country":"be"}'
  curl -s https://cdn.growthbook.io/api/features/sdk-abc123 |
    deno task eval --payload - --attributes '{"id":"user-7"}' --json
`;
