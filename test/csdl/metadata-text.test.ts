import { describe, expect, it } from '@jest/globals';

import { loadModel, metadataText, readXml, writeCsdlJson, writeXml } from '../../src/csdl/index.js';

import { schemaText } from './schema-text.js';

const TEXT = schemaText('<!-- What they all have. --><ComplexType Name="T" />');

const asked = (text: string, version?: '4.0' | '4.01'): string =>
  metadataText(loadModel({ text }), version === undefined ? {} : { version });

describe('$metadata as XML', () => {
  it('is the document as its author wrote it', () => {
    expect(asked(TEXT)).toBe(TEXT);
    expect(TEXT).toContain('<!-- What they all have. -->');
  });

  it.each([
    ['4.0', '4.01'],
    ['4.01', '4.0'],
    ['4.01', '4.01'],
  ] as const)('has the version that was asked for: %s as %s', (written, version) => {
    const document = TEXT.replace(/Version="[\d.]+"/, `Version="${written}"`);
    expect(asked(document, version)).toBe(document.replace(`Version="${written}"`, `Version="${version}"`));
  });

  it.each([
    ['single quotes', (text: string) => text.replace(/Version="([\d.]+)"/, "Version = '$1'")],
    ['other prefixes', (text: string) => text.replaceAll('edmx:', 'x-1:').replaceAll(':edmx', ':x-1')],
    [
      'a comment that looks like the root',
      (text: string) => text.replace('<edmx:Edmx', '<!-- <Edmx Version="4.0"> --><edmx:Edmx'),
    ],
    ['a greater-than sign in front', (text: string) => text.replace('<edmx:Edmx', '<edmx:Edmx xmlns:a=">"')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('finds the version behind %s', (_what, changed) => {
    const before = changed(TEXT);
    const answered = asked(before, '4.0');
    expect(readXml(answered)).toEqual({ ...readXml(TEXT), $Version: '4.0' });
    expect(answered.startsWith('\uFEFF')).toBe(false);
    expect(asked(before, '4.01')).toBe(
      answered.replace(/(Version\s*=\s*["'])4\.0(?=["'][^>]*>\s*<[\w:-]*DataServices)/, '$14.01'),
    );
  });

  it('is written where the document says that it has another encoding', () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${TEXT.replace(/^<\?xml[^]*?\?>/, '')}`;
    const { model } = loadModel({ text });
    expect(asked(text)).toBe(writeXml(model, {}));
  });

  it('is written for a model of JSON, and for one of several documents', () => {
    const { model } = loadModel({ text: TEXT });
    const json = { text: writeCsdlJson(model, {}) };
    expect(asked(json.text)).toBe(writeXml(model, {}));
    const other = {
      text: schemaText('<ComplexType Name="U" />')
        .replaceAll('org.example', 'org.other')
        .replaceAll('"self"', '"other"'),
    };
    const both = loadModel([{ text: TEXT }, other]);
    expect(metadataText(both, {})).toBe(writeXml(both.model, {}));
  });
});
