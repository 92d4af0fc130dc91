import type { Sql } from './sql.js';

/** A place within a JSON value. */
export interface JsonPlace {
  /** A document or an item of an array. */
  readonly base: Sql;
  /** Names of the members that lead from the base to the place. */
  readonly steps: readonly Step[];
  /** Whether no schema says what may stand here. */
  readonly isOpen: boolean;
  /** How an item itself is read, where the base does not keep all of it. */
  readonly item?: { readonly scalar: Sql; readonly json: Sql; readonly type: Sql };
}

/** Schema names are part of the statement's text, dynamic ones come from users and are values. */
export interface Step {
  readonly name: string;
  readonly isDynamic: boolean;
}

export interface JsonItems {
  readonly table: Sql;
  /** Empty where the table has items alone. */
  readonly condition: Sql;
  readonly item: JsonPlace;
}

export function memberOf(place: JsonPlace, name: string): JsonPlace {
  return { ...place, steps: [...place.steps, { name, isDynamic: false }] };
}

export function dynamicMemberOf(place: JsonPlace, name: string): JsonPlace {
  return { ...place, steps: [...place.steps, { name, isDynamic: true }], isOpen: true };
}
