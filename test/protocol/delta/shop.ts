import { expect } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { ROOT, type Answered, type ServiceInTest } from '../service-in-test.js';

const nullable = { $Nullable: true };
const collectionOf = ($Type: string) => ({ $Collection: true, $Type });
const delta = ($Type: string) => ({
  $Kind: 'Function',
  $IsBound: true,
  $Parameter: [{ $Name: 'bindingParameter', ...collectionOf($Type) }],
  $ReturnType: collectionOf($Type),
});

/** Products of categories, with related products; some collections have a delta function. */
export const shop: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'shop.Container',
  shop: {
    Product: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Name: nullable,
      Price: { $Type: 'Edm.Decimal', ...nullable },
      CategoryID: nullable,
      Category: {
        $Kind: 'NavigationProperty',
        $Type: 'shop.Category',
        $Nullable: true,
        $Partner: 'Products',
        $ReferentialConstraint: { CategoryID: 'ID' },
      },
      Related: { $Kind: 'NavigationProperty', ...collectionOf('shop.Product') },
      Reviews: { $Kind: 'NavigationProperty', $ContainsTarget: true, ...collectionOf('shop.Review') },
    },
    Gadget: { $Kind: 'EntityType', $BaseType: 'shop.Product', Voltage: { $Type: 'Edm.Int32', ...nullable } },
    Category: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Products: { $Kind: 'NavigationProperty', $Partner: 'Category', ...collectionOf('shop.Product') },
    },
    Review: { $Kind: 'EntityType', $Key: ['ID', 'Language'], ID: { $Type: 'Edm.Int32' }, Language: {}, Text: nullable },
    delta: [
      delta('shop.Product'),
      {
        ...delta('shop.Product'),
        $Parameter: [
          { $Name: 'bindingParameter', ...collectionOf('shop.Product') },
          { $Name: 'token', ...nullable },
        ],
      },
    ],
    Container: {
      $Kind: 'EntityContainer',
      Products: {
        ...collectionOf('shop.Product'),
        $NavigationPropertyBinding: { Category: 'Categories', Related: 'Products' },
      },
      Categories: { ...collectionOf('shop.Category'), $NavigationPropertyBinding: { Products: 'Products' } },
      Untracked: {
        ...collectionOf('shop.Category'),
        '@Org.OData.Capabilities.V1.ChangeTracking': { Supported: false },
      },
    },
  },
};

export const track = { headers: { Prefer: 'odata.track-changes' } };

export interface Followed {
  readonly pages: readonly Answered[];
  readonly members: readonly any[]; // oxlint-disable-line typescript/no-explicit-any
  readonly deltaLink: string;
}

/** Follows next links to the end; only the last page has a delta link. */
export async function follow(
  service: ServiceInTest,
  url: string,
  headers: Record<string, string> = {},
): Promise<Followed> {
  const pages: Answered[] = [];
  for (let next: string | undefined = url; next !== undefined;) {
    const answer = await service.send('GET', next, { headers });
    expect(answer.status).toBe(200);
    pages.push(answer);
    next = answer.json['@odata.nextLink'] as string | undefined;
    expect(answer.json['@odata.deltaLink'] === undefined).toBe(next !== undefined);
  }
  const deltaLink = pages.at(-1)!.json['@odata.deltaLink'] as string;
  return { pages, members: pages.flatMap((page) => page.json.value), deltaLink };
}

export function product(service: ServiceInTest, ID: number, more: object = {}): Promise<Answered> {
  return service.send('POST', 'Products', { json: { ID, Name: `Product ${String(ID)}`, ...more } });
}

export const idOf = (path: string): string => `${ROOT}/${path}`;
