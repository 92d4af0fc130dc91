/**
 * The type of a value that JSON writes as a string and XML as something else: one of the two kinds of paths,
 * or the qualified name of an enumeration type.
 */
export type StringMeaning = string;

/** What the strings in an annotation mean: its own value or items, and the properties of its records. */
export interface Meanings {
  readonly value?: StringMeaning;
  readonly properties?: Readonly<Record<string, StringMeaning>>;
}

const CORE = 'Org.OData.Core.V1';
const CAPABILITIES = 'Org.OData.Capabilities.V1';
const AGGREGATION = 'Org.OData.Aggregation.V1';

const PATH = 'PropertyPath';
const NAVIGATION = 'NavigationPropertyPath';

const CAPABILITIES_PROPERTIES: Meanings['properties'] = {
  AscendingOnlyProperties: PATH,
  CollectionProperty: PATH,
  DescendingOnlyProperties: PATH,
  ExpandableProperties: NAVIGATION,
  FilterableProperties: PATH,
  Navigability: `${CAPABILITIES}.NavigationType`,
  NavigationProperty: NAVIGATION,
  NonCountableNavigationProperties: NAVIGATION,
  NonCountableProperties: PATH,
  NonDeletableNavigationProperties: NAVIGATION,
  NonExpandableProperties: NAVIGATION,
  NonExpandableStreamProperties: PATH,
  NonFilterableProperties: PATH,
  NonInsertableNavigationProperties: NAVIGATION,
  NonInsertableProperties: PATH,
  NonSortableProperties: PATH,
  NonUpdatableNavigationProperties: NAVIGATION,
  NonUpdatableProperties: PATH,
  Property: PATH,
  RequiredProperties: PATH,
  UnsupportedExpressions: `${CAPABILITIES}.SearchExpressions`,
  UpdateMethod: `${CAPABILITIES}.HttpMethod`,
};

/** The terms of the standard vocabularies whose values the JSON form leaves untyped. [OData-VocCore, OData-VocCap] */
const MEANINGS: Readonly<Record<string, Meanings>> = {
  [`${CORE}.Permissions`]: { value: `${CORE}.Permission` },
  [`${CORE}.OptimisticConcurrency`]: { value: PATH },
  [`${CORE}.Revisions`]: { properties: { Kind: `${CORE}.RevisionKind` } },
  [`${CORE}.AlternateKeys`]: { properties: { Name: PATH } },
  [`${CAPABILITIES}.ConformanceLevel`]: { value: `${CAPABILITIES}.ConformanceLevelType` },
  [`${CAPABILITIES}.IsolationSupported`]: { value: `${CAPABILITIES}.IsolationLevel` },
  [`${AGGREGATION}.ContextDefiningProperties`]: { value: PATH },
  [`${AGGREGATION}.LeveledHierarchy`]: { value: PATH },
  [`${AGGREGATION}.RecursiveHierarchy`]: { properties: { NodeProperty: PATH, ParentNavigationProperty: NAVIGATION } },
};

export const NO_MEANINGS: Meanings = {};

/** `Org.OData.Core.V1.Permissions` is a term whose value `Read` is a member of `Org.OData.Core.V1.Permission`. */
export function meaningsOf(term: string): Meanings {
  if (Object.hasOwn(MEANINGS, term)) return MEANINGS[term]!;
  return term.startsWith(`${CAPABILITIES}.`) ? { properties: CAPABILITIES_PROPERTIES! } : NO_MEANINGS;
}

/** The XML element or attribute for a string, and its text there. [CSDL-XML 14.3.7, 14.4.1] */
export function stringExpression(
  text: string,
  meaning: StringMeaning | undefined,
): readonly [name: string, text: string] {
  if (meaning === undefined) return ['String', text];
  if (!meaning.includes('.')) return [meaning, text];
  if (!/^[\p{L}_][\p{L}\p{N}_]*(,[\p{L}_][\p{L}\p{N}_]*)*$/u.test(text)) return ['String', text];
  const members = text.split(',').map((member) => `${meaning}/${member}`);
  return ['EnumMember', members.join(' ')];
}
