import type { CsdlDocument } from '../../../src/edm/index.js';

const nullable = { $Nullable: true };

/** Media entities, with and without accepted types, and stream properties. */
export const gallery: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'gallery.Container',
  gallery: {
    Media: {
      $Kind: 'EntityType',
      $HasStream: true,
      $Key: ['ID'],
      ID: {},
      Title: {},
      Rating: { $Type: 'Edm.Int32', $DefaultValue: 3 },
    },
    Image: {
      $Kind: 'EntityType',
      $BaseType: 'gallery.Media',
      '@Org.OData.Core.V1.AcceptableMediaTypes': ['image/*', 'application/pdf'],
      Thumbnail: { $Type: 'Edm.Stream', ...nullable },
    },
    Product: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Name: nullable,
      Photo: { $Type: 'Edm.Stream', ...nullable, '@Org.OData.Core.V1.AcceptableMediaTypes': ['image/png'] },
      Manual: { $Type: 'Edm.Stream', ...nullable },
      Images: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'gallery.Image' },
    },
    Container: {
      $Kind: 'EntityContainer',
      Media: { $Collection: true, $Type: 'gallery.Media' },
      Images: { $Collection: true, $Type: 'gallery.Image' },
      Products: { $Collection: true, $Type: 'gallery.Product' },
    },
  },
};
