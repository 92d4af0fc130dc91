import { describe, expect, it } from '@jest/globals';

import { readXml } from '../../src/csdl/index.js';

import { schemaText } from './schema-text.js';

function schemaOf(content: string): unknown {
  return readXml(schemaText(content))['org.example'];
}

describe('types and facets [CSDL-XML 7.1, 7.2]', () => {
  const cases: [attributes: string, expected: object][] = [
    ['Type="Edm.String"', { $Nullable: true }],
    ['Type="Edm.String" Nullable="false"', {}],
    ['Type="Edm.String" Nullable="false" MaxLength="max" Unicode="true"', {}],
    ['Type="Edm.String" Nullable="false" MaxLength="10" Unicode="false"', { $MaxLength: 10, $Unicode: false }],
    ['Type="Collection(Edm.String)"', { $Collection: true }],
    ['Type="Collection(Edm.Int32)" Nullable="true"', { $Collection: true, $Type: 'Edm.Int32', $Nullable: true }],
    ['Type="org.example.Color" Nullable="false"', { $Type: 'self.Color' }],
    ['Type="Collection(org.example.Color)" Nullable="false"', { $Collection: true, $Type: 'self.Color' }],
    ['Type="Edm.Decimal" Nullable="false"', { $Type: 'Edm.Decimal', $Scale: 0 }],
    ['Type="Edm.Decimal" Nullable="false" Scale="Variable"', { $Type: 'Edm.Decimal' }],
    ['Type="Edm.Decimal" Nullable="false" Scale="floating"', { $Type: 'Edm.Decimal', $Scale: 'floating' }],
    ['Type="Edm.Duration" Nullable="false"', { $Type: 'Edm.Duration', $Precision: 0 }],
    ['Type="Edm.TimeOfDay" Nullable="false" Precision="3"', { $Type: 'Edm.TimeOfDay', $Precision: 3 }],
    ['Type="Edm.GeographyPoint" Nullable="false" SRID="variable"', { $Type: 'Edm.GeographyPoint', $SRID: 'variable' }],
    ['Type="Edm.Geometry" Nullable="false" SRID="4326"', { $Type: 'Edm.Geometry', $SRID: 4326 }],
    [
      'Type="Edm.Int64" Nullable="0" DefaultValue="9223372036854775807"',
      { $Type: 'Edm.Int64', $DefaultValue: '9223372036854775807' },
    ],
  ];

  it.each(cases)('%s', (attributes, expected) => {
    expect(schemaOf(`<ComplexType Name="T"><Property Name="p" ${attributes} /></ComplexType>`)).toMatchObject({
      T: { p: expected },
    });
    const schema = schemaOf(`<ComplexType Name="T"><Property Name="p" ${attributes} /></ComplexType>`) as {
      T: { p: object };
    };
    expect(schema.T.p).toEqual(expected);
  });
});

describe('annotations [CSDL-XML 14]', () => {
  const cases: [xml: string, expected: unknown][] = [
    ['<Annotation Term="a.T" />', true],
    ['<Annotation Term="a.T" Int="-5" />', -5],
    ['<Annotation Term="a.T"><Int>9007199254740993</Int></Annotation>', '9007199254740993'],
    ['<Annotation Term="a.T"><String> two  spaces </String></Annotation>', ' two  spaces '],
    ['<Annotation Term="a.T"><String><![CDATA[<&>]]></String></Annotation>', '<&>'],
    ['<Annotation Term="a.T"><String /></Annotation>', ''],
    ['<Annotation Term="a.T"><Collection /></Annotation>', []],
    ['<Annotation Term="a.T"><Record /></Annotation>', {}],
    ['<Annotation Term="a.T"><Record Type="org.example.R" /></Annotation>', { '@type': '#self.R' }],
    ['<Annotation Term="a.T" EnumMember="org.example.E/A org.example.E/B" />', 'A,B'],
    ['<Annotation Term="a.T" PropertyPath="org.example.D/name" />', 'self.D/name'],
    ['<Annotation Term="a.T"><UrlRef><Path>site</Path></UrlRef></Annotation>', { $UrlRef: { $Path: 'site' } }],
    [
      '<Annotation Term="a.T"><If><Has><Path>c</Path><EnumMember>self.E/A</EnumMember></Has><EnumMember>self.E/A</EnumMember></If></Annotation>',
      { $If: [{ $Has: [{ $Path: 'c' }, { $Cast: 'A', $Type: 'self.E' }] }, 'A'] },
    ],
    [
      '<Annotation Term="a.T"><Cast Type="Edm.Int32" Path="c" /></Annotation>',
      { $Type: 'Edm.Int32', $Cast: { $Path: 'c' } },
    ],
  ];

  it.each(cases)('%s', (xml, expected) => {
    expect(schemaOf(xml)).toEqual({ $Alias: 'self', '@a.T': expected });
  });

  it('carry the qualifier of their group unless they have one', () => {
    const xml =
      '<Annotations Target="self.T" Qualifier="q"><Annotation Term="a.A" /><Annotation Term="a.B" Qualifier="r" /></Annotations>';
    expect(schemaOf(xml)).toEqual({ $Alias: 'self', $Annotations: { 'self.T': { '@a.A#q': true, '@a.B#r': true } } });
  });

  it('are annotated themselves', () => {
    expect(schemaOf('<Annotation Term="a.T" Qualifier="q" Int="1"><Annotation Term="b.U" /></Annotation>')).toEqual({
      $Alias: 'self',
      '@a.T#q': 1,
      '@a.T#q@b.U': true,
    });
  });

  it('hold JSON where they say so [CSDL-JSON 14.3.12]', () => {
    const xml =
      '<Annotation Term="a.T"><Annotation Term="Org.OData.Core.V1.MediaType" String="application/json" /><String>{"a":[1]}</String></Annotation>';
    expect(schemaOf(xml)).toMatchObject({ '@a.T': { a: [1] } });
  });
});

describe('names', () => {
  it('of operations are shared by overloads [CSDL-JSON 12.1]', () => {
    expect(
      schemaOf('<Action Name="a" /><Action Name="a" IsBound="true"><Parameter Name="it" Type="self.T" /></Action>'),
    ).toEqual({
      $Alias: 'self',
      a: [
        { $Kind: 'Action' },
        { $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'it', $Type: 'self.T', $Nullable: true }] },
      ],
    });
  });

  it.each([
    '<ComplexType Name="image" /><Action Name="image" /><Action Name="image" />',
    '<Action Name="image" /><ComplexType Name="image" /><Action Name="image" />',
  ])('of a type and operations stay both: %s', (xml) => {
    expect(schemaOf(xml)).toEqual({
      $Alias: 'self',
      image: [{ $Kind: 'ComplexType' }, { $Kind: 'Action' }, { $Kind: 'Action' }],
    });
  });

  it('are shortened in bindings, and the own container left out [CSDL-JSON 13.4.1]', () => {
    const xml = `<EntityContainer Name="C"><EntitySet Name="S" EntityType="org.example.T">
      <NavigationPropertyBinding Path="org.example.D/a" Target="org.example.C/S" />
    </EntitySet></EntityContainer>`;
    expect(schemaOf(xml)).toMatchObject({
      C: { S: { $Type: 'self.T', $NavigationPropertyBinding: { 'self.D/a': 'S' } } },
    });
  });

  it('may be those of JavaScript', () => {
    const xml = '<ComplexType Name="constructor"><Property Name="toString" Type="Edm.String" /></ComplexType>';
    expect(schemaOf(xml)).toEqual({
      $Alias: 'self',
      constructor: { $Kind: 'ComplexType', toString: { $Nullable: true } },
    });
  });
});

describe('elements and attributes of other namespaces', () => {
  it('are ignored', () => {
    const xml = '<ComplexType Name="T" x:a="1" xmlns:x="urn:x"><x:Thing><x:Other /></x:Thing></ComplexType>';
    expect(schemaOf(xml)).toEqual({ $Alias: 'self', T: { $Kind: 'ComplexType' } });
  });
});
