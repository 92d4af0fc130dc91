/** Namespaces of CSDL XML. [CSDL-XML 3.1] */
export const EDMX = 'http://docs.oasis-open.org/odata/ns/edmx';
export const EDM = 'http://docs.oasis-open.org/odata/ns/edm';

/** What one element may hold: attributes by name (`!` marks required ones), and child elements. */
export interface ElementRule {
  readonly namespace: string;
  readonly attributes: ReadonlySet<string>;
  readonly required: readonly string[];
  readonly children: ReadonlySet<string>;
}

const FACETS = 'MaxLength Precision Scale SRID Unicode';
const TYPED = `Type! Nullable DefaultValue ${FACETS}`;

/** Expressions that can be written as an attribute of the element that they belong to. [CSDL-XML 14.3, 14.4.1] */
export const EXPRESSION_ATTRIBUTES =
  'Binary Bool Date DateTimeOffset Decimal Duration EnumMember Float Guid Int String TimeOfDay ' +
  'AnnotationPath ModelElementPath NavigationPropertyPath PropertyPath Path UrlRef';

const EXPRESSIONS =
  `${EXPRESSION_ATTRIBUTES} And Or Not Eq Ne Gt Ge Lt Le Has In Add Sub Neg Mul Div DivBy Mod ` +
  'Apply Cast Collection If IsOf LabeledElement LabeledElementReference Null Record';

const WITH_EXPRESSIONS = `Annotation ${EXPRESSIONS}`;

/** Element → its attributes → its children. [CSDL-XML 3 to 14] */
const RULES: readonly (readonly [namespace: string, names: string, attributes: string, children: string])[] = [
  [EDMX, 'Edmx', 'Version!', 'Reference DataServices'],
  [EDMX, 'DataServices', '', 'Schema'],
  [EDMX, 'Reference', 'Uri!', 'Include IncludeAnnotations Annotation'],
  [EDMX, 'Include', 'Namespace! Alias', 'Annotation'],
  [EDMX, 'IncludeAnnotations', 'TermNamespace! Qualifier TargetNamespace', ''],
  [
    EDM,
    'Schema',
    'Namespace! Alias',
    'Action Annotation Annotations ComplexType EntityContainer EntityType EnumType Function Term TypeDefinition',
  ],
  [EDM, 'EntityType', 'Name! BaseType Abstract OpenType HasStream', 'Key Property NavigationProperty Annotation'],
  [EDM, 'ComplexType', 'Name! BaseType Abstract OpenType', 'Property NavigationProperty Annotation'],
  [EDM, 'Key', '', 'PropertyRef'],
  [EDM, 'PropertyRef', 'Name! Alias', ''],
  [EDM, 'Property', `Name! ${TYPED}`, 'Annotation'],
  [
    EDM,
    'NavigationProperty',
    'Name! Type! Nullable Partner ContainsTarget',
    'ReferentialConstraint OnDelete Annotation',
  ],
  [EDM, 'ReferentialConstraint', 'Property! ReferencedProperty!', 'Annotation'],
  [EDM, 'OnDelete', 'Action!', 'Annotation'],
  [EDM, 'EnumType', 'Name! UnderlyingType IsFlags', 'Member Annotation'],
  [EDM, 'Member', 'Name! Value', 'Annotation'],
  [EDM, 'TypeDefinition', `Name! UnderlyingType! ${FACETS}`, 'Annotation'],
  [EDM, 'Action', 'Name! IsBound EntitySetPath', 'Parameter ReturnType Annotation'],
  [EDM, 'Function', 'Name! IsBound EntitySetPath IsComposable', 'Parameter ReturnType Annotation'],
  [EDM, 'Parameter', `Name! Type! Nullable ${FACETS}`, 'Annotation'],
  [EDM, 'ReturnType', `Type! Nullable ${FACETS}`, 'Annotation'],
  [EDM, 'EntityContainer', 'Name! Extends', 'EntitySet Singleton ActionImport FunctionImport Annotation'],
  [EDM, 'EntitySet', 'Name! EntityType! IncludeInServiceDocument', 'NavigationPropertyBinding Annotation'],
  [EDM, 'Singleton', 'Name! Type! Nullable', 'NavigationPropertyBinding Annotation'],
  [EDM, 'NavigationPropertyBinding', 'Path! Target!', ''],
  [EDM, 'ActionImport', 'Name! Action! EntitySet', 'Annotation'],
  [EDM, 'FunctionImport', 'Name! Function! EntitySet IncludeInServiceDocument', 'Annotation'],
  [EDM, 'Term', `Name! ${TYPED} BaseTerm AppliesTo`, 'Annotation'],
  [EDM, 'Annotations', 'Target! Qualifier', 'Annotation'],
  [EDM, 'Annotation', `Term! Qualifier ${EXPRESSION_ATTRIBUTES}`, WITH_EXPRESSIONS],
  [EDM, 'PropertyValue', `Property! ${EXPRESSION_ATTRIBUTES}`, WITH_EXPRESSIONS],
  [EDM, 'LabeledElement', `Name! ${EXPRESSION_ATTRIBUTES}`, WITH_EXPRESSIONS],
  [EDM, 'UrlRef', EXPRESSION_ATTRIBUTES, WITH_EXPRESSIONS],
  [EDM, 'Record', 'Type', 'PropertyValue Annotation'],
  [EDM, 'Collection', '', EXPRESSIONS],
  [EDM, 'Apply', 'Function!', WITH_EXPRESSIONS],
  [EDM, 'Cast IsOf', `Type! ${EXPRESSION_ATTRIBUTES} ${FACETS}`, WITH_EXPRESSIONS],
  [EDM, 'And Or Not Eq Ne Gt Ge Lt Le Has In Add Sub Neg Mul Div DivBy Mod If', '', WITH_EXPRESSIONS],
  [EDM, 'Null', '', 'Annotation'],
  [EDM, 'LabeledElementReference Path AnnotationPath ModelElementPath NavigationPropertyPath PropertyPath', '', ''],
  [EDM, 'Binary Bool Date DateTimeOffset Decimal Duration EnumMember Float Guid Int String TimeOfDay', '', ''],
];

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

export const GRAMMAR: ReadonlyMap<string, ElementRule> = new Map(
  RULES.flatMap(([namespace, names, attributes, children]) => {
    const rule: ElementRule = {
      namespace,
      attributes: new Set(words(attributes).map((name) => name.replace('!', ''))),
      required: words(attributes)
        .filter((name) => name.endsWith('!'))
        .map((name) => name.slice(0, -1)),
      children: new Set(words(children)),
    };
    return words(names).map((name) => [name, rule] as const);
  }),
);
