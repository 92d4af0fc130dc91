import type { Profile } from '../protocol/index.js';

type Ways = Pick<Profile, 'validation' | 'untyped' | 'takesComputed'>;

/** Values of cells, rows and formulas: texts, numbers, or arrays of arrays of them. [Graph: range, tableRow] */
const JSON_TYPE = 'microsoft.graph.Json';

/**
 * Where Graph's documentation takes more from clients than its schema: values that the service computes, members of
 * enumerations in any case, complex values of abstract types, dynamic properties by any name; left out what must not be null,
 * and lists among the parameters of an action of which the schema does not say that. [Graph: requests of the reference against
 * `$metadata`]
 */
const AS_DOCUMENTED: Ways = {
  validation: {
    missing: 'default',
    enumIgnoreCase: true,
    abstractComplex: true,
    anyDynamicName: true,
  },
  untyped: [JSON_TYPE],
  takesComputed: true,
};

const AS_THE_SCHEMA_SAYS: Ways = { validation: { missing: 'required' }, untyped: [], takesComputed: false };

/** What is taken from clients: what the documentation shows, or no more than the schema allows. */
export function waysOf(isStrict: boolean): Ways {
  return isStrict ? AS_THE_SCHEMA_SAYS : AS_DOCUMENTED;
}
