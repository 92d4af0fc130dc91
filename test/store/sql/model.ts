import { Model, type EntityType, type NavigationProperty } from '../../../src/edm/index.js';

const value = (type: string, more: Record<string, string | number | boolean> = {}) => ({
  $Type: type,
  $Nullable: true,
  ...more,
});
const list = (type: string) => ({ $Collection: true, $Type: type });
const navigation = (type: string, more: Record<string, string | boolean> = {}) => ({
  $Kind: 'NavigationProperty',
  $Type: type,
  ...more,
});

/** Every kind of property and of relation. */
export const model = new Model([
  {
    $Version: '4.01',
    t: {
      Color: { $Kind: 'EnumType', Green: 1, Blue: 2, Red: 0, Violet: 9 },
      Style: { $Kind: 'EnumType', $IsFlags: true, None: 0, Bold: 1, Italic: 2, Both: 3, Wide: 8 },
      Price: { $Kind: 'TypeDefinition', $UnderlyingType: 'Edm.Decimal' },
      Address: {
        $Kind: 'ComplexType',
        $OpenType: true,
        City: value('Edm.String'),
        Zip: value('Edm.Int32'),
        Tags: list('Edm.String'),
        Inner: value('t.Address'),
      },
      Home: { $Kind: 'ComplexType', $BaseType: 't.Address', Rooms: value('Edm.Int32') },
      Thing: {
        $Kind: 'EntityType',
        $Key: ['id'],
        $OpenType: true,
        id: {},
        S: value('Edm.String'),
        T: value('Edm.String'),
        B: value('Edm.Boolean'),
        I: value('Edm.Int32'),
        Y: value('Edm.Byte'),
        L: value('Edm.Int64'),
        D: value('Edm.Decimal', { $Scale: 'variable' }),
        P: value('t.Price'),
        F: value('Edm.Double'),
        G: value('Edm.Guid'),
        X: value('Edm.Binary'),
        Day: value('Edm.Date'),
        At: value('Edm.DateTimeOffset'),
        Time: value('Edm.TimeOfDay'),
        Span: value('Edm.Duration'),
        Color: value('t.Color'),
        Style: value('t.Style'),
        Any: value('Edm.Untyped'),
        Address: value('t.Address'),
        Addresses: list('t.Address'),
        Words: list('Edm.String'),
        Numbers: list('Edm.Decimal'),
        Floats: list('Edm.Double'),
        Friend: navigation('t.Thing', { $Nullable: true }),
        Friends: navigation('t.Thing', { $Collection: true }),
        Parts: navigation('t.Part', { $Collection: true, $ContainsTarget: true }),
        Note: navigation('t.Part', { $ContainsTarget: true, $Nullable: true }),
        Peers: navigation('t.Thing', { $Collection: true }),
      },
      Special: { $Kind: 'EntityType', $BaseType: 't.Thing', Extra: value('Edm.String') },
      Part: {
        $Kind: 'EntityType',
        $Key: ['id'],
        id: {},
        Name: value('Edm.String'),
        Size: value('Edm.Int32'),
        Parts: navigation('t.Part', { $Collection: true, $ContainsTarget: true }),
      },
    },
  },
]);

export const thing = model.entityTypeOrThrow('t.Thing');
export const special = model.entityTypeOrThrow('t.Special');
export const part = model.entityTypeOrThrow('t.Part');

export function navigationOf(type: EntityType, name: string): NavigationProperty {
  const property = type.navigationProperties.get(name);
  if (property === undefined) throw new Error(`${type.qualifiedName} has no navigation property ${name}.`);
  return property;
}
