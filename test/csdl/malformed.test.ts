import { describe, expect, it } from '@jest/globals';

import { CsdlError, readCsdlJson, readXml } from '../../src/csdl/index.js';

import { schemaText } from './schema-text.js';

function errorOf(read: () => unknown): CsdlError {
  try {
    read();
  } catch (error) {
    if (error instanceof CsdlError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

const EDMX = 'xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"';

describe('documents that are not CSDL XML', () => {
  const cases: [text: string, message: string | RegExp][] = [
    ['', /^x.xml:1:1: Malformed XML: document must contain a root element/],
    ['hello', /Malformed XML: text data outside of root node/],
    ['<html></html>', 'x.xml:1:1: This is not CSDL: the root is <html>.'],
    [`<edmx:Edmxx ${EDMX}/>`, "x.xml:1:1: This is not CSDL: the root is <Edmxx>. Did you mean 'Edmx'?"],
    ['<Edmx Version="4.0" />', /the root's namespace is ''/],
    [
      '<edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0" />',
      'x.xml:1:1: This is a schema of OData 3 or older; only CSDL 4.0 and 4.01 can be read.',
    ],
    [`<edmx:Edmx ${EDMX} Version="3.0" />`, "x.xml:1:1: Version must be 4.0 or 4.01, not '3.0'."],
    [`<edmx:Edmx ${EDMX} Version="4.0" />`, /must contain exactly one <edmx:DataServices>/],
    [`<edmx:Edmx ${EDMX} Version="4.0">\n<edmx:DataServices>`, /^x.xml:2:\d+: Malformed XML: unclosed tag/],
    ['<a><b></a>', /Malformed XML: unexpected close tag/],
    ['<a b="1" b="2"/>', /Malformed XML: duplicate attribute/],
    ['<edmx:Edmx/>', /the namespace prefix 'edmx' is not declared/],
    ['<a>&bomb;</a>', /Malformed XML: undefined entity/],
    ['<!DOCTYPE a [<!ENTITY bomb "boom">]><a>&bomb;</a>', /Document type declarations are not allowed/],
    [`${'<a>'.repeat(200)}`, /nested deeper than 100 levels/],
    ['\u0000', /Malformed XML/],
  ];

  it.each(cases)('%s', (text, message) => {
    expect(errorOf(() => readXml(text, 'x.xml')).message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });
});

describe('schemas that contradict CSDL XML', () => {
  const cases: [content: string, message: string][] = [
    ['<EntitiType Name="T" />', "2:1: <EntitiType> is not allowed in <Schema>. Did you mean 'EntityType'?"],
    ['<EntityType />', "2:1: <EntityType> lacks the attribute 'Name'."],
    ['<EntityType name="T" />', "2:1: <EntityType> lacks the attribute 'Name'. Is 'name' a misspelling of it?"],
    ['<EntityType Name="a.b" />', '2:1: Name="a.b" is not an identifier.'],
    ['<EntityType Name="__proto__" />', '2:1: Name="__proto__" is not an identifier.'],
    ['<EntityType Name="T">\n  <Property Name="p" />\n</EntityType>', "3:3: <Property> lacks the attribute 'Type'."],
    ['<EntityType Name="T" Abstract="yes" />', '2:1: Abstract="yes" must be true or false.'],
    [
      '<ComplexType Name="T">\n<Property Name="p" Type="Edm.String" MaxLength="-1" /></ComplexType>',
      '3:1: MaxLength="-1" must be a non-negative integer.',
    ],
    [
      '<ComplexType Name="T"><Property Name="p" Type="Collection()" /></ComplexType>',
      '2:23: Type="Collection()" names no type.',
    ],
    [
      '<EnumType Name="E"><Member Name="A" Value="one" /></EnumType>',
      "2:20: The value 'one' of the member 'A' is not an integer.",
    ],
    [
      '<ComplexType Name="T"><NavigationProperty Name="n" Type="self.T"><OnDelete Action="Explode" /></NavigationProperty></ComplexType>',
      '2:66: OnDelete Action="Explode" must be Cascade, None, SetNull or SetDefault.',
    ],
    ['<Annotation Term="a.T" String="x" Int="1" />', '2:1: <Annotation> has more than one value.'],
    ['<Annotation Term="a.T" String="x"><Int>1</Int></Annotation>', '2:1: <Annotation> has more than one value.'],
    [
      '<Annotation Term="a.T"><Strin>1</Strin></Annotation>',
      "2:24: <Strin> is not allowed in <Annotation>. Did you mean 'String'?",
    ],
    ['<Annotation Term="a.T" Bool="ja" />', "2:1: Bool 'ja' must be true or false."],
    ['<Annotation Term="a.T" Int="1.5" />', "2:1: Int '1.5' is not a number."],
    ['<Annotation Term="a.T" EnumMember="Red" />', "2:1: EnumMember 'Red' must be a type, a slash and a member name."],
    ['<Annotation Term="a.T"><Not /></Annotation>', '2:24: <Not> takes 1 operands, not 0.'],
    ['<Annotation Term="a.T"><If><Null /></If></Annotation>', '2:24: <If> takes 2 or 3 operands, not 1.'],
    ['<Annotation Term="a.T"><Cast Type="Edm.Int32" /></Annotation>', '2:24: <Cast> must have exactly one operand.'],
    [
      '<Annotation Term="a.T"><Annotation Term="Org.OData.Core.V1.MediaType" String="application/json" /><String>{</String></Annotation>',
      '2:1: The value is annotated as application/json, but it is not JSON.',
    ],
  ];

  it.each(cases)('%s', (content, message) => {
    expect(errorOf(() => readXml(schemaText(content), 'x.xml')).message).toBe(`x.xml:${message}`);
  });

  it('names the place in its parts', () => {
    const error = errorOf(() => readXml(schemaText('\n <Nonsense />'), 'x.xml'));
    expect(error).toMatchObject({ name: 'CsdlError', file: 'x.xml', line: 3, column: 2 });
    expect(error.reason).toBe('<Nonsense> is not allowed in <Schema>.');
  });

  it('refuses namespaces that are not dotted names', () => {
    const text = schemaText('').replace('Namespace="org.example"', 'Namespace="a..b"');
    expect(errorOf(() => readXml(text)).reason).toBe('Namespace="a..b" is not a dotted name.');
  });
});

describe('documents that are not CSDL JSON', () => {
  const cases: [text: string, message: string | RegExp][] = [
    ['{\n  "a": }', /^x.json:2:8: Malformed JSON: /],
    ['[]', 'x.json: This is not CSDL: the document is not a JSON object.'],
    ['{}', 'x.json: This is not CSDL: it has no $Version.'],
    ['{"$Version":"2.0"}', 'x.json: /$Version must be "4.0" or "4.01".'],
    ['{"$Version":"4.0","$EntityContainer":1}', 'x.json: /$EntityContainer must be a string.'],
    ['{"$Version":"4.0","$Reference":{"u":1}}', 'x.json: /$Reference/u must be an object.'],
    ['{"$Version":"4.0","a.b":1}', 'x.json: /a.b must be an object.'],
    ['{"$Version":"4.0","a.b":{"T":{}}}', 'x.json: /a.b/T has no $Kind.'],
    [
      '{"$Version":"4.0","a.b":{"T":{"$Kind":"EntityTipe"}}}',
      /\/a.b\/T\/\$Kind 'EntityTipe' is not one of .* Did you mean 'EntityType'\?$/,
    ],
    ['{"$Version":"4.0","a.b":{"T":{"$Kind":"Action"}}}', /'Action' is not one of/],
    ['{"$Version":"4.0","a.b":{"T":{"$Kind":"EntityType","$Key":"id"}}}', 'x.json: /a.b/T/$Key must be an array.'],
    ['{"$Version":"4.0","a.b":{"T":{"$Kind":"EntityType","p":"Edm.String"}}}', 'x.json: /a.b/T/p must be an object.'],
    [
      '{"$Version":"4.0","a.b":{"T":{"$Kind":"EntityType","p":{"$MaxLength":"long"}}}}',
      /\/a.b\/T\/p\/\$MaxLength must be a non-negative/,
    ],
    [
      '{"$Version":"4.0","a.b":{"T":{"$Kind":"EntityType","p":{"$Kind":"Thing"}}}}',
      /must be Property or NavigationProperty/,
    ],
    ['{"$Version":"4.0","a.b":{"E":{"$Kind":"EnumType","A":true}}}', 'x.json: /a.b/E/A must be an integer.'],
    [
      '{"$Version":"4.0","a.b":{"f":[{"$Kind":"Function","$Parameter":[{}]}]}}',
      'x.json: /a.b/f/0/$Parameter/0 has no $Name.',
    ],
  ];

  it.each(cases)('%s', (text, message) => {
    expect(errorOf(() => readCsdlJson(text, 'x.json')).message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });
});
