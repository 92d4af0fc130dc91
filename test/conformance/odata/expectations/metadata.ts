import { describe, expect, it } from '@jest/globals';

import type { Client } from './client.js';

/** Section 2: `$metadata`, which the suite reads with regular expressions as well. */
export function metadata(client: Client): void {
  const document = async (headers = {}) => (await client.get('/$metadata', headers)).text;

  describe('2 $metadata', () => {
    it.each(['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition', 'Property', 'NavigationProperty', 'EntitySet'])(
      'has the name of each %s first, in double quotes',
      async (element) => {
        const heads = [...(await document()).matchAll(new RegExp(`<${element} ([^>]*)`, 'g'))].map(([, head]) => head);
        expect(heads.length).toBeGreaterThan(0);
        for (const head of heads) expect(head).toMatch(/^Name="\w+"/);
      },
    );

    it('has the type of a property behind its name, and whether it may be null behind both', async () => {
      for (const [, head] of (await document()).matchAll(/<Property ([^>]*)/g))
        expect(head).toMatch(/^Name="\w+" Type="[\w.]+"( Nullable="(true|false)")?/);
    });

    it('has the namespace of the model as the first one in double quotes', async () => {
      expect(/Namespace="([^"]*)"/.exec(await document())?.[1]).toBe('ComplianceService');
    });

    it('has the terms by the names that are looked for', async () => {
      const text = await document();
      expect(text).toContain('Term="Core.SchemaVersion" String="');
      for (const term of ['Computed', 'Immutable', 'Description'])
        expect(text).toContain(`Term="Org.OData.Core.V1.${term}"`);
      expect(text).toContain('<Annotations Target="ComplianceService.Container/ReadOnlyItems">');
      for (const ability of ['Insertable', 'Updatable', 'Deletable'])
        expect(text).toContain(`<PropertyValue Property="${ability}" Bool="false"/>`);
      expect(text).not.toMatch(/Precision="0"|Type="Collection\(Edm\./);
    });

    it('limits the first element that is called Name, and makes it the first property that must not be null', async () => {
      const text = await document();
      expect(/<[^>]* Name="Name"[^>]*>/.exec(text)?.[0]).toContain('MaxLength="100"');
      const [, product = ''] = /<EntityType Name="Product">(.*?)<\/EntityType>/s.exec(text)!;
      const required = [...product.matchAll(/<Property Name="(\w+)"[^>]*Nullable="false"/g)].map(([, name]) => name);
      expect(required.slice(0, 2)).toEqual(['ID', 'Name']);
    });

    it('declares the members of the enumeration in order', async () => {
      const [, head = '', members = ''] = /<EnumType Name="ProductStatus"([^>]*)>(.*?)<\/EnumType>/s.exec(
        await document(),
      )!;
      expect(head).toContain('IsFlags="true"');
      expect([...members.matchAll(/<Member Name="(\w+)" Value="(\d+)"\/>/g)].map(([, ...member]) => member)).toEqual([
        ['None', '0'],
        ['InStock', '1'],
        ['OnSale', '2'],
        ['Discontinued', '4'],
        ['Featured', '8'],
      ]);
    });

    it.each([
      ['4.0', '4.0'],
      ['4.01', '4.01'],
      ['5.0', '4.01'],
    ])('is of the version that OData-MaxVersion %s asks for', async (asked, version) => {
      const headers = { 'OData-MaxVersion': asked };
      expect(await document(headers)).toMatch(new RegExp(`<edmx:Edmx [^>]*Version="${version}"`));
      const { json } = await client.get('/$metadata', { ...headers, Accept: 'application/json' });
      expect(json.$Version).toBe(version);
    });

    it('is XML, and JSON where that is accepted', async () => {
      const xml = await client.get('/$metadata');
      expect(xml.headers['content-type']).toMatch(/^application\/xml(;|$)/);
      const { json, text } = await client.get('/$metadata', { Accept: 'application/json' });
      expect(json.$EntityContainer).toBe('ComplianceService.Container');
      expect(json.ComplianceService.Container.$Kind).toBe('EntityContainer');
      expect(text).toMatch(/"@(Core|Org\.OData\.Core\.V1)\.Description"/);
    });

    it.each(['/', '/$metadata'])('%s may be kept by caches, and be asked for its head', async (path) => {
      expect((await client.get(path)).headers['cache-control'] ?? '').not.toContain('no-store');
      expect((await client.send('HEAD', path)).status).toBe(200);
    });
  });
}
