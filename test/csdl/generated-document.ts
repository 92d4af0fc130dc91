import * as fc from 'fast-check';

import { isCsdlObject, type CsdlDocument, type CsdlObject, type CsdlValue } from '../../src/edm/index.js';

const identifier = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((name) => name !== '__proto__');
const unicodeName = fc.oneof(
  { weight: 9, arbitrary: identifier },
  { weight: 1, arbitrary: fc.constantFrom('größe', '名前') },
);
const namespace = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const qualifiedName = fc.tuple(namespace, identifier).map(([first, second]) => `${first}.${second}`);

/** Text of any characters that XML can hold, carriage returns and line ends included. */
const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('\r', '\n', '\t', ' ', '"', "'", '<', '>', '&', ']'),
      fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
    ),
  })
  // oxlint-disable-next-line no-control-regex
  .map((value) => value.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, '?'));

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
);

function objectOf(entries: readonly (readonly [string, CsdlValue | undefined])[]): CsdlObject {
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, CsdlValue] => entry[1] !== undefined));
}

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const { expression } = fc.letrec<{ expression: CsdlValue; operand: CsdlValue; record: CsdlObject }>((tie) => ({
  operand: fc.oneof({ maxDepth: 3 }, fc.constant(null), fc.boolean(), number, text, tie('expression')),
  record: fc
    .tuple(fc.dictionary(identifier, tie('expression'), { maxKeys: 3, noNullPrototype: true }), optional(qualifiedName))
    .map(([properties, type]) => objectOf([['@type', type && `#${type}`], ...Object.entries(properties)])),
  expression: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.constant(null), fc.boolean(), number, text),
    identifier.map((path) => ({ $Path: path })),
    text.map((url) => ({ $UrlRef: url })),
    fc.array(tie('expression'), { maxLength: 3 }),
    tie('record'),
    fc
      .tuple(fc.constantFrom('$And', '$Eq', '$Has', '$Add', '$Mod'), tie('operand'), tie('operand'))
      .map(([name, a, b]) => ({ [name]: [a, b] })),
    tie('operand').map((operand) => ({ $Not: operand })),
    fc.array(tie('operand'), { minLength: 2, maxLength: 3 }).map((operands) => ({ $If: operands })),
    fc.array(tie('operand'), { maxLength: 3 }).map((operands) => ({ $Function: 'odata.concat', $Apply: operands })),
    tie('operand').map((operand) => ({ $Type: 'Edm.Int32', $Cast: operand })),
    tie('operand').map((operand) => ({ $Type: 'a.b', $Collection: true, $IsOf: operand })),
    fc.tuple(identifier, tie('expression')).map(([name, value]) => ({ $LabeledElement: value, $Name: name })),
    qualifiedName.map((name) => ({ $LabeledElementReference: name })),
  ),
}));

/** Annotations of an element, or of a member of it, some of them qualified and annotated in turn. */
function annotations(member = ''): fc.Arbitrary<CsdlObject> {
  const one = fc.tuple(qualifiedName, optional(identifier), expression, optional(qualifiedName));
  return fc.array(one, { maxLength: 2 }).map((list) =>
    Object.assign(
      {},
      ...list.map(([term, qualifier, value, nested]) => {
        const key = `${member}@${term}${qualifier === undefined ? '' : `#${qualifier}`}`;
        return { ...(nested === undefined ? {} : { [`${key}@${nested}`]: true }), [key]: value };
      }),
    ),
  );
}

const annotated = (arbitrary: fc.Arbitrary<CsdlObject>): fc.Arbitrary<CsdlObject> =>
  fc.tuple(arbitrary, annotations()).map(([json, more]) => ({ ...json, ...more }));

const count = fc.nat({ max: 1000 });
const flag = optional(fc.constant(true));

const typed = fc
  .record({
    $Type: optional(
      fc.constantFrom('Edm.Int32', 'Edm.Boolean', 'Edm.Guid', 'Edm.Stream', 'Edm.Decimal', 'Edm.Date', 'a.Thing'),
    ),
    $Collection: flag,
    $Nullable: flag,
    $MaxLength: optional(count),
    $Precision: optional(count),
    $Scale: optional(fc.oneof(count, fc.constant('floating'))),
    $SRID: optional(fc.oneof(count, fc.constant('variable'))),
    $Unicode: optional(fc.constant(false)),
  })
  .map((json) => objectOf(Object.entries(json)));

const time = count.map((precision) => ({ $Type: 'Edm.DateTimeOffset', $Precision: precision }));
const property = annotated(
  fc.oneof(
    { weight: 5, arbitrary: typed },
    { weight: 1, arbitrary: time },
    { weight: 1, arbitrary: text.map((value) => ({ $DefaultValue: value })) },
  ),
);

const navigationProperty = annotated(
  fc
    .record({
      $Kind: fc.constant('NavigationProperty'),
      $Type: qualifiedName,
      $Collection: flag,
      $Nullable: flag,
      $Partner: optional(identifier),
      $ContainsTarget: flag,
      $OnDelete: optional(fc.constantFrom('Cascade', 'None', 'SetNull', 'SetDefault')),
      $ReferentialConstraint: optional(
        fc.dictionary(identifier, identifier, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
      ),
    })
    .map((json) => objectOf(Object.entries(json))),
);

const structuredType = (kind: 'EntityType' | 'ComplexType'): fc.Arbitrary<CsdlObject> =>
  annotated(
    fc
      .tuple(
        fc.record({ $BaseType: optional(qualifiedName), $Abstract: flag, $OpenType: flag }),
        kind === 'EntityType'
          ? fc.record({
              $HasStream: flag,
              $Key: optional(
                fc.array(
                  fc.oneof(
                    identifier,
                    identifier.map((name) => ({ [name]: 'a/b' })),
                  ),
                  { minLength: 1, maxLength: 2 },
                ),
              ),
            })
          : fc.constant({}),
        fc.dictionary(unicodeName, fc.oneof(property, navigationProperty), { maxKeys: 4, noNullPrototype: true }),
      )
      .map(([head, keys, members]) =>
        objectOf([
          ['$Kind', kind],
          ...Object.entries(head),
          ...(Object.entries(keys) as [string, CsdlValue][]),
          ...Object.entries(members),
        ]),
      ),
  );

const enumType = annotated(
  fc
    .tuple(
      flag,
      optional(fc.constantFrom('Edm.Int64', 'Edm.Byte')),
      fc.dictionary(unicodeName, fc.integer(), { maxKeys: 4, noNullPrototype: true }),
    )
    .chain(([isFlags, underlying, members]) =>
      fc
        .tuple(...Object.keys(members).map((member) => annotations(member)))
        .map((more) =>
          Object.assign(
            objectOf([
              ['$Kind', 'EnumType'],
              ['$UnderlyingType', underlying],
              ['$IsFlags', isFlags],
              ...Object.entries(members),
            ]),
            ...more,
          ),
        ),
    ),
);

const operation = annotated(
  fc
    .record({
      $Kind: fc.constantFrom('Action', 'Function'),
      $IsBound: flag,
      $EntitySetPath: optional(identifier),
      $Parameter: optional(
        fc.array(
          fc.tuple(identifier, property).map(([name, json]) => ({ $Name: name, ...withoutDefault(json) })),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      $ReturnType: optional(property.map(withoutDefault)),
    })
    .map((json) => objectOf(Object.entries(json))),
);

function withoutDefault(json: CsdlObject): CsdlObject {
  return objectOf(Object.entries(json).filter(([name]) => name !== '$DefaultValue'));
}

const typeDefinition = annotated(
  fc.record({
    $Kind: fc.constant('TypeDefinition'),
    $UnderlyingType: fc.constantFrom('Edm.String', 'Edm.Int32'),
    $MaxLength: count,
  }),
);

const term = annotated(
  fc
    .tuple(property, optional(qualifiedName), optional(fc.array(identifier, { minLength: 1, maxLength: 2 })))
    .map(([json, base, appliesTo]) =>
      objectOf([['$Kind', 'Term'], ...Object.entries(json), ['$BaseTerm', base], ['$AppliesTo', appliesTo]]),
    ),
);

const containerChild = annotated(
  fc.oneof(
    fc
      .record({
        $Collection: fc.constant(true),
        $Type: qualifiedName,
        $IncludeInServiceDocument: optional(fc.constant(false)),
        $NavigationPropertyBinding: optional(
          fc.dictionary(identifier, identifier, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
        ),
      })
      .map((json) => objectOf(Object.entries(json))),
    fc.record({ $Type: qualifiedName, $Nullable: flag }).map((json) => objectOf(Object.entries(json))),
    qualifiedName.map((name) => ({ $Action: name })),
    fc
      .record({ $Function: qualifiedName, $EntitySet: identifier, $IncludeInServiceDocument: flag })
      .map((json) => objectOf(Object.entries(json))),
  ),
);

const declaration: fc.Arbitrary<CsdlValue> = fc.oneof(
  structuredType('EntityType'),
  structuredType('ComplexType'),
  enumType,
  typeDefinition,
  term,
  fc.array(operation, { minLength: 1, maxLength: 2 }),
);

const schema = annotated(
  fc
    .tuple(
      fc.dictionary(unicodeName, declaration, { maxKeys: 5, noNullPrototype: true }),
      optional(fc.dictionary(qualifiedName, annotations(), { minKeys: 1, maxKeys: 2, noNullPrototype: true })),
    )
    .map(([declarations, groups]) => objectOf([...Object.entries(declarations), ['$Annotations', groups]])),
);

const reference = annotated(
  fc
    .record({
      $Include: optional(
        fc.uniqueArray(
          namespace.map((name) => ({ $Namespace: name })),
          { minLength: 1, maxLength: 2, selector: (include) => include.$Namespace },
        ),
      ),
      $IncludeAnnotations: optional(namespace.map((name) => [{ $TermNamespace: name, $Qualifier: 'q' }])),
    })
    .map((json) => objectOf(Object.entries(json))),
);

/** CSDL JSON documents with everything in them; what they name need not exist. */
export const generatedDocument: fc.Arbitrary<CsdlDocument> = fc
  .tuple(
    fc.dictionary(namespace, schema, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    optional(fc.dictionary(fc.webUrl(), reference, { minKeys: 1, maxKeys: 2, noNullPrototype: true })),
    fc.dictionary(identifier, containerChild, { maxKeys: 4, noNullPrototype: true }),
  )
  .map(([schemas, references, children]) => {
    const service = { TheContainer: { $Kind: 'EntityContainer', ...children } };
    const json = [
      ['$Version', '4.01'],
      ['$Reference', references],
      ['$EntityContainer', 'the.service.TheContainer'],
      ['the.service', service],
    ] as const;
    return objectOf([...json, ...Object.entries(schemas)]) as unknown as CsdlDocument;
  })
  .filter((document) => {
    const text = JSON.stringify(document);
    return !includedNamespaces(document).some(
      (name) => Object.hasOwn(document, name) || text.includes(`"@type":"#${name}.`),
    );
  });

/**
 * A document that includes a namespace of its own is none: names in it would mean two things. [CSDL-JSON 4.1] And the type of
 * a record is named by its fragment alone only where the document itself declares it. [CSDL-JSON 14.4.12]
 */
function includedNamespaces({ $Reference = {} }: CsdlDocument): string[] {
  const includes = Object.values($Reference).flatMap(
    (each) => (isCsdlObject(each) ? each['$Include'] : undefined) ?? [],
  );
  return (includes as CsdlValue[]).flatMap((include) => (isCsdlObject(include) ? [String(include['$Namespace'])] : []));
}
