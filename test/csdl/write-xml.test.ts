import { describe, expect, it } from '@jest/globals';

import { loadModel, readXml, writeCsdlJson, writeXml } from '../../src/csdl/index.js';
import type { CsdlDocument } from '../../src/edm/index.js';

import { schemaText } from './schema-text.js';

/** The elements that a schema is written as, one a line, without those around it. */
function written(content: string): string[] {
  const lines = writeXml(readXml(schemaText(content)))
    .trim()
    .split('\n');
  return lines.slice(4, -3).map((line) => line.trim());
}

describe('writeXml', () => {
  it('writes what consumers of Graph expect of the frame', () => {
    expect(writeXml(readXml(schemaText('')), { version: '4.0' })).toBe(
      [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
        '  <edmx:DataServices>',
        '    <Schema Namespace="org.example" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm" />',
        '  </edmx:DataServices>',
        '</edmx:Edmx>',
        '',
      ].join('\n'),
    );
  });

  it('writes references with includes', () => {
    const before =
      '<edmx:Reference Uri="https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml">' +
      '<edmx:Include Namespace="Org.OData.Core.V1" Alias="Core" /></edmx:Reference>';
    const document = readXml(schemaText('', { before }));
    expect(Object.keys(document.$Reference!)).toEqual([
      'https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.json',
    ]);
    expect(writeXml(document)).toContain(
      '  <edmx:Reference Uri="https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml">\n' +
        '    <edmx:Include Namespace="Org.OData.Core.V1" Alias="Core" />\n',
    );
  });

  it('puts the name first, then the type, then whether it may be null', () => {
    const xml =
      '<ComplexType Name="T"><Property MaxLength="5" Nullable="false" Type="Edm.String" Name="p"/></ComplexType>';
    expect(written(xml)[1]).toBe('<Property Name="p" Type="Edm.String" Nullable="false" MaxLength="5" />');
  });

  it.each([
    '<Property Name="p" Type="Edm.String" />',
    '<Property Name="p" Type="Collection(Edm.String)" Nullable="false" />',
    '<Property Name="p" Type="Collection(Edm.String)" Nullable="true" />',
    '<Property Name="p" Type="Edm.Decimal" Scale="variable" />',
    '<Property Name="p" Type="Edm.Decimal" Precision="5" />',
    '<Property Name="p" Type="Edm.DateTimeOffset" />',
    '<Property Name="p" Type="Edm.DateTimeOffset" Precision="7" />',
    '<Property Name="p" Type="Edm.String" DefaultValue="a &quot;b&quot; &lt;c&gt; &amp; d&#xA;e" />',
    '<NavigationProperty Name="p" Type="Collection(self.E)" ContainsTarget="true" />',
    '<NavigationProperty Name="p" Type="self.E" Nullable="false" Partner="q" />',
  ])('gives back %s', (property) => {
    expect(written(`<ComplexType Name="T">${property}</ComplexType>`)[1]).toBe(property);
  });

  it.each([
    '<Annotation Term="a.T" Bool="true" />',
    '<Annotation Term="a.T" Qualifier="q" Decimal="1.5" />',
    '<Annotation Term="a.T" Float="1e+80" />',
    '<Annotation Term="a.T" Path="a/b" />',
    '<Annotation Term="a.T" UrlRef="http://host" />',
    '<Annotation Term="Org.OData.Core.V1.Permissions" EnumMember="Org.OData.Core.V1.Permission/Read" />',
  ])('gives back %s', (annotation) => {
    expect(written(annotation)).toEqual([annotation]);
  });

  it('knows paths and enumeration members in the standard vocabularies', () => {
    const annotation = [
      '<Annotation Term="Org.OData.Capabilities.V1.NavigationRestrictions">',
      '<Record>',
      '<PropertyValue Property="RestrictedProperties">',
      '<Collection>',
      '<Record>',
      '<PropertyValue Property="NavigationProperty" NavigationPropertyPath="members" />',
      '<PropertyValue Property="Navigability" EnumMember="Org.OData.Capabilities.V1.NavigationType/Single" />',
      '<PropertyValue Property="FilterFunctions">',
      '<Collection>',
      '<String>contains</String>',
      '</Collection>',
      '</PropertyValue>',
      '</Record>',
      '</Collection>',
      '</PropertyValue>',
      '</Record>',
      '</Annotation>',
      '<Annotation Term="Org.OData.Core.V1.OptimisticConcurrency">',
      '<Collection>',
      '<PropertyPath>version</PropertyPath>',
      '</Collection>',
      '</Annotation>',
    ];
    expect(written(annotation.join(''))).toEqual(annotation);
  });

  it('says of parameters that are collections of entities nothing about null', () => {
    const lines = written(
      '<EntityType Name="E" /><ComplexType Name="C" /><Action Name="a"><Parameter Name="e" Type="Collection(self.E)" />' +
        '<Parameter Name="c" Type="Collection(self.C)" /></Action>',
    );
    expect(lines).toContain('<Parameter Name="e" Type="Collection(self.E)" />');
    expect(lines).toContain('<Parameter Name="c" Type="Collection(self.C)" Nullable="false" />');
  });

  it('refuses characters that XML does not have', () => {
    const document: CsdlDocument = { $Version: '4.0', 'a.b': { '@c.D': 'bell \u0007' } };
    expect(() => writeXml(document)).toThrow('XML cannot express the character U+0007');
  });
});

describe('a model of several documents', () => {
  const reference = (namespace: string): string =>
    `<edmx:Reference Uri="http://host/v"><edmx:Include Namespace="${namespace}" /></edmx:Reference>`;
  const { model } = loadModel([
    { text: schemaText('<EntityContainer Name="C" />', { before: reference('v.one') }) },
    {
      text: schemaText('', { before: reference('v.two'), attributes: '' }).replace('="org.example"', '="org.more"'),
    },
  ]);

  it('is written as one, references united', () => {
    expect(JSON.parse(writeCsdlJson(model))).toEqual({
      $Version: '4.01',
      $EntityContainer: 'org.example.C',
      $Reference: { 'http://host/v': { $Include: [{ $Namespace: 'v.one' }, { $Namespace: 'v.two' }] } },
      'org.example': { $Alias: 'self', C: { $Kind: 'EntityContainer' } },
      'org.more': {},
    });
    expect(readXml(writeXml(model))).toEqual(JSON.parse(writeCsdlJson(model)));
  });

  it('takes the version that is asked for', () => {
    expect(JSON.parse(writeCsdlJson(model, { version: '4.0' }))).toMatchObject({ $Version: '4.0' });
  });
});
