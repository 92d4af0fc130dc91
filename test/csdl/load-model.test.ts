import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { loadModel, readXml, summary, writeCsdlJson } from '../../src/csdl/index.js';

import { schemaText } from './schema-text.js';

const XML = schemaText(
  '<EntityType Name="T"><Key><PropertyRef Name="id" /></Key><Property Name="id" Type="Edm.String" Nullable="false" /></EntityType>',
);
const JSON_TEXT = writeCsdlJson(readXml(XML));

describe('loadModel', () => {
  let folder = '';
  const write = (name: string, content: string | Uint8Array): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'csdl-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['XML', XML],
    ['XML with a byte order mark', `\uFEFF${XML}`],
    ['JSON', JSON_TEXT],
    ['JSON with blanks and a byte order mark', `\uFEFF \n${JSON_TEXT}`],
    ['gzipped XML', gzipSync(XML)],
    ['gzipped JSON', gzipSync(JSON_TEXT)],
  ])('reads %s, whatever the file is called', (_, content) => {
    const { model, documents } = loadModel(write('anything.txt', content));
    expect(documents).toHaveLength(1);
    expect([...model.declaredNames('EntityType')]).toEqual(['org.example.T']);
    expect(model.type('self.T')).toMatchObject({ kind: 'entity', qualifiedName: 'org.example.T' });
  });

  it('makes one model of several documents', () => {
    const second = schemaText('<EntityType Name="D" BaseType="org.example.T" />', { attributes: '' }).replace(
      'Namespace="org.example"',
      'Namespace="org.example.more"',
    );
    const { model, documents } = loadModel([write('first.xml', XML), { text: second }]);
    expect(documents).toHaveLength(2);
    expect(model.structuredType('org.example.more.D')?.baseType?.qualifiedName).toBe('org.example.T');
    expect(summary(model).entityTypes).toBe(2);
  });

  it('says which file cannot be read', () => {
    const missing = path.join(folder, 'missing.xml');
    expect(() => loadModel(missing)).toThrow(`${missing}: The file cannot be read: ENOENT`);
    const broken = write('broken.gz', Uint8Array.from([0x1f, 0x8b, 0, 0]));
    expect(() => loadModel(broken)).toThrow(`${broken}: The file cannot be read:`);
    const wrong = write('wrong.xml', schemaText('<Thing />'));
    expect(() => loadModel(wrong)).toThrow(`${wrong}:2:1: <Thing> is not allowed in <Schema>.`);
  });
});

describe('summary', () => {
  it('counts what a schema declares itself', () => {
    const { model } = loadModel({
      text: schemaText(`
        <EntityType Name="A"><Property Name="p" Type="Edm.String" /><NavigationProperty Name="n" Type="self.A" /></EntityType>
        <EntityType Name="B" BaseType="self.A"><Property Name="q" Type="Edm.String" /></EntityType>
        <ComplexType Name="C"><Property Name="r" Type="Edm.String" /></ComplexType>
        <EnumType Name="E"><Member Name="X" /></EnumType>
        <Action Name="C" /><Action Name="a" /><Action Name="a" IsBound="true"><Parameter Name="it" Type="self.A" /></Action>
        <Function Name="f"><ReturnType Type="self.A" /></Function>
        <EntityContainer Name="K">
          <EntitySet Name="As" EntityType="self.A" /><Singleton Name="a" Type="self.A" /><ActionImport Name="i" Action="self.a" />
        </EntityContainer>`),
    });
    expect(summary(model)).toEqual({
      entityTypes: 2,
      complexTypes: 1,
      enumTypes: 1,
      actions: 3,
      functions: 1,
      entitySets: 1,
      singletons: 1,
      navigationProperties: 1,
      properties: 3,
    });
  });
});
