import type { Property } from '../../edm/index.js';
import { isOrdinal } from '../../plan/index.js';
import type { Sql } from './sql.js';

/** A place within a JSON value. */
export interface JsonPlace {
  /** A document or an item of an array. */
  readonly base: Sql;
  /** Names of the members, or positions of items, that lead from the base to the place. */
  readonly steps: readonly Step[];
  /** Whether no schema says what may stand here. */
  readonly isOpen: boolean;
  /** JSON Pointer of the base within the document, as a text; absent for the document itself. */
  readonly pointer?: Sql;
  /** How an item itself is read, where the base does not keep all of it. */
  readonly item?: { readonly scalar: Sql; readonly json: Sql; readonly type: Sql };
}

/** Names of members and positions of items. Schema names are part of the statement's text, dynamic ones come from users and are values. */
export type Step = { readonly name: string; readonly isDynamic: boolean } | { readonly index: number };

export interface JsonItems {
  readonly table: Sql;
  /** Empty where the table has items alone. */
  readonly condition: Sql;
  /** Position of the item in the array, from 0 on. */
  readonly index: Sql;
  readonly item: JsonPlace;
}

export function memberOf(place: JsonPlace, name: string): JsonPlace {
  return { ...place, steps: [...place.steps, { name, isDynamic: false }] };
}

export function itemOf(place: JsonPlace, index: number): JsonPlace {
  return { ...place, steps: [...place.steps, { index }] };
}

/** What a property leads to, declared or dynamic. */
export function propertyOf(place: JsonPlace, { name, isDynamic }: Property): JsonPlace {
  return isDynamic ? dynamicMemberOf(place, name) : memberOf(place, name);
}

/** A member by its name, or an item by its ordinal. */
export function stepInto(place: JsonPlace, step: string): JsonPlace {
  return isOrdinal(step) ? itemOf(place, Number(step)) : memberOf(place, step);
}

export function dynamicMemberOf(place: JsonPlace, name: string): JsonPlace {
  return { ...place, steps: [...place.steps, { name, isDynamic: true }], isOpen: true };
}
