import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { linesOfHtml, textOfHtml } from '../../src/graph/text-of-html.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const body = { $Type: 'microsoft.graph.itemBody', ...nullable };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    outlookItem: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {}, changeKey: nullable },
    message: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.outlookItem',
      body,
      uniqueBody: body,
      subject: nullable,
    },
    note: { $Kind: 'EntityType', $Key: ['id'], id: {}, body },
    itemBody: {
      $Kind: 'ComplexType',
      content: nullable,
      contentType: { $Type: 'microsoft.graph.bodyType', ...nullable },
    },
    bodyType: { $Kind: 'EnumType', text: 0, html: 1 },
    GraphService: {
      $Kind: 'EntityContainer',
      messages: { $Collection: true, $Type: 'microsoft.graph.message' },
      notes: { $Collection: true, $Type: 'microsoft.graph.note' },
    },
  },
};

const service = useService(csdl, { profile: graphProfile({ authentication: 'off' }) });
const html = {
  contentType: 'html',
  content: '<html><body><p>One &amp; <b>two</b></p>\n<div>three<br/>four</div></body></html>',
};
const text = { contentType: 'text', content: 'One & two\nthree\nfour' };
const TEXT = { headers: { Prefer: 'outlook.body-content-type="text"' } };

describe('bodies in the form that a client prefers [Graph: Get message, Get event]', () => {
  beforeEach(async () => {
    await service.send('POST', 'messages', { json: { id: 'a', body: html, uniqueBody: html, subject: '<b>' } });
    await service.send('POST', 'messages', { json: { id: 'b', body: { contentType: 'text', content: '1 <2' } } });
    await service.send('POST', 'messages', { json: { id: 'c', body: { contentType: 'html', content: null } } });
    await service.send('POST', 'notes', { json: { id: 'a', body: html } });
  });
  const idOf = async (index: number): Promise<string> => (await service.send('GET', 'messages')).json.value[index].id;

  it('are what was written where it prefers none, or HTML', async () => {
    for (const prefer of ['outlook.body-content-type="html"', 'outlook.body-content-type="nonsense"', 'a=b']) {
      const { json, headers } = await service.send('GET', 'messages', { headers: { Prefer: prefer } });
      expect([json.value[0].body, headers.has('Preference-Applied')]).toEqual([html, false]);
    }
  });

  it('are the text that HTML shows', async () => {
    const { json, headers } = await service.send('GET', 'messages', TEXT);
    expect(headers.get('Preference-Applied')).toBe('outlook.body-content-type="text"');
    expect(json.value.map((each: { body: object }) => each.body)).toEqual([
      text,
      { contentType: 'text', content: '1 <2' },
      { contentType: 'text', content: null },
    ]);
    expect(json.value[0]).toMatchObject({ uniqueBody: text, subject: '<b>' });
    const path = `messages/${await idOf(0)}`;
    expect((await service.send('GET', `${path}?$select=body`, TEXT)).json.body).toEqual(text);
    expect((await service.send('GET', `${path}/body`, TEXT)).json).toMatchObject(text);
    expect((await service.send('GET', `${path}/body/content/$value`, TEXT)).text).toBe(text.content);
    const changed = await service.send('PATCH', path, { json: { subject: 'x' }, ...TEXT });
    expect(changed.json.body).toEqual(text);
    expect((await service.send('GET', path)).json.body).toEqual(html);
    const found = await service.send('GET', "messages?$filter=contains(body/content,'<b>')", TEXT);
    expect(found.json.value).toHaveLength(1);
  });

  it('are those of Outlook items alone', async () => {
    const { json, headers } = await service.send('GET', 'notes', TEXT);
    expect([json.value[0].body, headers.has('Preference-Applied')]).toEqual([html, false]);
  });
});

describe('the lines of HTML', () => {
  it.each([
    ['plain', 'plain'],
    ['a<br>b<br/><br>c', 'a\nb\nc'],
    ['<ul><li>a</li>\n<li>b\n  c</li></ul>', 'a\nb c'],
    ['a&nbsp;b&#10;c', 'a b\nc'],
    ['<head><title>no</title></head>', ''],
  ])('%j are %j', (source, lines) => {
    expect(linesOfHtml(source)).toBe(lines);
  });

  it('have the words of its text, in one pass however hostile it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('>', '<b>', '<br/>', '<p>', '<head>', '&nbsp;', '\n', 'x', ' ')),
        (parts) => {
          const source = parts.join('');
          expect(linesOfHtml(source).split(/\s+/)).toEqual(textOfHtml(source).split(' '));
        },
      ),
    );
    expect(linesOfHtml('&nbsp;'.repeat(1_000_000))).toBe('');
    expect(linesOfHtml('<br>'.repeat(1_000_000))).toBe('');
    expect(linesOfHtml(`${' '.repeat(1_000_000)}x`)).toBe('x');
  });
});
