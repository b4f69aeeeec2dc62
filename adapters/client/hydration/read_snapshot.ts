import { attempt } from "../../../core/support/attempt.ts";
import { isArray, isRecord } from "../../../core/support/is_record.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import { copyPlain } from "../inputs/copy_plain.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import type { ClientSnapshot, StickyHandover } from "./client_snapshot.ts";

const maxCharacters = 16_777_216;
const maxEntries = 10_000;

/**
 * Reads the option `hydrate` with suspicion: the text that a server wrote, or what `JSON.parse` made of
 * it. Null for what is no such thing, and `tell` is told; the definitions in it are still to be read as
 * those of any payload.
 */
export function readSnapshot(
  source: unknown,
  what: string,
  tell: TellMisuse,
): ClientSnapshot | null {
  const given = typeof source === "string"
    ? parse(source)
    : copyPlain(source).value;
  const { version, digest, decisions, exposures, sticky, payload } = Object(
    given,
  ) as { readonly [name: string]: JsonValue };
  if (
    version === 1 && isRecord(decisions) &&
    Object.keys(decisions).length <= maxEntries
  ) {
    return {
      version,
      digest: typeof digest === "string" ? digest.slice(0, 64) : "",
      decisions: decisions as ClientSnapshot["decisions"],
      exposures: listOf(exposures) as readonly string[],
      sticky: listOf(sticky)
        .filter(isRecord) as unknown as readonly StickyHandover[],
      ...(isRecord(payload) && { payload: payload as never }),
    };
  }
  // A page without a snapshot is an ordinary page.
  if (source !== null && source !== "") {
    tell(
      `Cannot use the option ${what}: the text that serializeSnapshot wrote is needed`,
    );
  }
  return null;
}

function parse(text: string): unknown {
  if (text.length > maxCharacters) return null;
  return attempt(() => JSON.parse(text), null);
}

function listOf(list: JsonValue | undefined): readonly JsonValue[] {
  return isArray(list) ? list.slice(0, maxEntries) : [];
}
