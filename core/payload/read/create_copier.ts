import { attempt } from "../../support/attempt.ts";
import { setOwn } from "../../support/set_own.ts";
import type { JsonValue } from "../../types/json.ts";
import {
  type Container,
  type CopierState,
  createCarefulCopy,
} from "./create_careful_copy.ts";
import { isPrimitive } from "./is_primitive.ts";
import { type Place, wholePayload } from "./place.ts";
import { keysSafely, kindOf, lengthSafely } from "./read_safely.ts";

/** What copies the values of one payload. */
export interface Copier extends CopierState {
  /**
   * Copies a JSON value, frozen all the way down. Own enumerable properties with names are copied
   * and nothing else is read; a property that is undefined is left out, as in JSON text. Any depth will
   * do, and any number of places that share an object.
   *
   * Gives undefined for what is no JSON value, or has something in it that is none; `fault` then says
   * what and where. Never throws.
   *
   * `isOwned` says that no other code holds the value, which came from `JSON.parse`: what is as it should
   * be is frozen in place of being copied.
   */
  readonly copy: (
    value: unknown,
    place?: Place,
    isOwned?: boolean,
  ) => JsonValue | undefined;
}

/** What nests deeper is copied without recursion. */
const quickDepth = 200;

/**
 * Makes what copies values. `quickParts` is how many objects and arrays may be copied without an account of
 * what is shared. Eight of the values in them count as one more.
 */
export function createCopier(quickParts = 500_000): Copier {
  /**
   * Copies what is as it should be, which most of a payload is; undefined for anything else. It keeps no
   * account of what is shared, which takes five times as long: so it copies a bounded number of parts.
   */
  const copyQuickly = (
    value: unknown,
    isOwned: boolean,
    depth: number,
  ): JsonValue | undefined => {
    if (isPrimitive(value)) return value;
    const kind = kindOf(value);
    if (kind === "other" || depth > quickDepth) return undefined;
    const source = value as { [key: string | number]: JsonValue };
    const names = kind === "array" ? null : keysSafely(source);
    const count = kind === "array"
      ? lengthSafely(source)
      : names?.length ?? null;
    if (count === null) return undefined;
    if (!isOwned && (quickParts -= 1 + count / 8) < 0) return undefined;
    const copy: Container = isOwned ? source : names === null ? [] : {};
    for (let index = 0; index < count; index++) {
      const key = names === null ? index : names[index]!;
      const given: unknown = source[key];
      if (given === undefined && names !== null) continue;
      const part = copyQuickly(given, isOwned, depth + 1);
      if (part === undefined) return undefined;
      if (!isOwned) setOwn(copy, key, part);
    }
    if (!isOwned) copier.size++;
    return Object.freeze(copy);
  };
  const copier: Copier = {
    size: 0,
    fault: null,
    copy: (value, place = wholePayload, isOwned = false) => {
      copier.fault = null;
      const { size } = copier;
      const tryQuickly = () => copyQuickly(value, isOwned, 0);
      // What throws is found again, with its place.
      const quick = attempt(tryQuickly, undefined);
      if (quick !== undefined) return quick;
      copier.size = size;
      return copyWithCare(value, place);
    },
  };
  const copyWithCare = createCarefulCopy({}, copier);
  return copier;
}
