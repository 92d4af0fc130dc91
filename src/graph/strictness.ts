import type { Profile } from '../protocol/index.js';

type Ways = Pick<Profile, 'validation' | 'untyped' | 'takesComputed' | 'expandsAnywhere'>;

/** Values of cells, rows and formulas: texts, numbers, or arrays of arrays of them. [Graph: range, tableRow] */
const JSON_TYPE = 'microsoft.graph.Json';

/**
 * Namespaces of the services behind Graph, in which the reference names types of Graph's own now and then.
 * [Graph: Update openTypeExtension, chat: sendActivityNotification, Create educationAssignment, educationSynchronizationProfile]
 */
const NAMESPACES_BEHIND = /^microsoft\..+$/;

/**
 * Where Graph's documentation takes more from clients than its schema: values that the service computes; members of
 * enumerations, types and members of objects in any case; complex values of abstract types; dynamic properties by any name;
 * a date-time for its date; left out what must not be null, and lists among the parameters of an action
 * of which the schema does not say that. [Graph: requests of the reference against `$metadata`]
 * What ExpandRestrictions say of `messages` or `calendar` means that these are not expanded themselves, and not what is
 * behind them. [Graph: event resource type; Get message, Get open extension, Get singleValueLegacyExtendedProperty]
 */
const AS_DOCUMENTED: Ways = {
  validation: {
    missing: 'default',
    enumIgnoreCase: true,
    datesOfDateTimes: true,
    abstractComplex: true,
    anyDynamicName: true,
    otherNamespaces: NAMESPACES_BEHIND,
    memberIgnoreCase: true,
  },
  untyped: [JSON_TYPE],
  takesComputed: true,
  expandsAnywhere: true,
};

const AS_THE_SCHEMA_SAYS: Ways = {
  validation: { missing: 'required' },
  untyped: [],
  takesComputed: false,
  expandsAnywhere: false,
};

/** What is taken from clients: what the documentation shows, or no more than the schema allows. */
export function waysOf(isStrict: boolean): Ways {
  return isStrict ? AS_THE_SCHEMA_SAYS : AS_DOCUMENTED;
}
