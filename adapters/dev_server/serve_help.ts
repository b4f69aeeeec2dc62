/** What `deno task serve --help` prints. */
export const serveHelp: string = `\
Serves a payload file as GrowthBook's SDK API would, for developing and testing
without a GrowthBook installation. What is saved in the file is pushed to the
clients at once; a file that can't be used leaves the last good one in place.

Usage: deno task serve FILE [options]

FILE is the answer of a GrowthBook API, or a plain record of features.

Options:
  --port PORT     Where to listen; default 3300, and 0 is any port that is free.
  --host ADDRESS  The address to listen at; default 127.0.0.1, which only this
                  machine can reach. 0.0.0.0 is all there are.
  --allow-host NAME
                  Answers requests for this host name too, and not only for
                  localhost, 127.0.0.1, ::1 and the address of --host. * is any
                  name. May be repeated.
  --key KEY       A client key that is known. May be repeated. Without this
                  option every key is.
  --encrypt KEY   Encrypts the payload with a key, base64 of 16, 24 or 32 bytes.
                  Who may list the processes of this machine sees it.
  --remote-eval   Evaluates for each user, and gives values instead of rules.
  -h, --help      Prints this text.

Routes:
  GET  /api/features/KEY  The payload, with an ETag.
  GET  /sub/KEY           Changes, as server-sent events.
  POST /api/eval/KEY      The values for one user, with --remote-eval.

Exit codes:
  0  It was stopped, by Ctrl+C or otherwise.
  2  It could not start: one line on standard error says why.

Examples:
  deno task serve examples/shop.json
  deno task serve examples/shop.json --port 0 --key sdk-dev --remote-eval
`;
