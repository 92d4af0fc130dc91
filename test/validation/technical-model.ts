import { Model, type JsonValue, type Operation, type StructuredType } from '../../src/edm/index.js';
import { ServiceError } from '../../src/error/index.js';
import { createValidator, type Draft, type Use } from '../../src/validation/index.js';

const text = { $Nullable: true };

/** A small schema with one of each: every kind of property, inheritance, openness, relations, actions. */
export const model = new Model([
  {
    $Version: '4.01',
    $EntityContainer: 'demo.Container',
    demo: {
      $Alias: 'd',
      Container: { $Kind: 'EntityContainer' },
      Color: { $Kind: 'EnumType', red: 1, green: 0, blue: 2 },
      Rights: { $Kind: 'EnumType', $IsFlags: true, read: 1, write: 2, delete: 4 },
      Code: { $Kind: 'TypeDefinition', $UnderlyingType: 'Edm.String', $MaxLength: 3 },
      Address: {
        $Kind: 'ComplexType',
        city: text,
        zip: { $Type: 'demo.Code' },
        place: { $Type: 'demo.Place', $Nullable: true },
      },
      Office: { $Kind: 'ComplexType', $BaseType: 'demo.Address', room: { $Type: 'Edm.Int32', $Nullable: true } },
      Place: { $Kind: 'ComplexType', latitude: { $Type: 'Edm.Double' }, longitude: { $Type: 'Edm.Double' } },
      Shape: { $Kind: 'ComplexType', $Abstract: true },
      Circle: { $Kind: 'ComplexType', $BaseType: 'demo.Shape', radius: { $Type: 'Edm.Decimal', $Scale: 'variable' } },
      Settings: { $Kind: 'ComplexType', $OpenType: true, theme: text },
      Thing: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
      Person: {
        $Kind: 'EntityType',
        $BaseType: 'demo.Thing',
        name: { $MaxLength: 10 },
        nickname: { ...text, $DefaultValue: 'none' },
        age: { $Type: 'Edm.Int16' },
        level: { $Type: 'Edm.Int32', $DefaultValue: 7 },
        weight: { $Type: 'Edm.Decimal', $Nullable: true, $Scale: 'variable' },
        balance: { $Type: 'Edm.Int64', $Nullable: true },
        ratio: { $Type: 'Edm.Double', $Nullable: true },
        isActive: { $Type: 'Edm.Boolean', $Nullable: true },
        reference: { $Type: 'Edm.Guid', $Nullable: true },
        picture: { $Type: 'Edm.Binary', $Nullable: true },
        born: { $Type: 'Edm.Date', $Nullable: true },
        seen: { $Type: 'Edm.DateTimeOffset', $Nullable: true, $Precision: 0 },
        wakes: { $Type: 'Edm.TimeOfDay', $Nullable: true },
        sleeps: { $Type: 'Edm.Duration', $Nullable: true },
        color: { $Type: 'demo.Color', $Nullable: true },
        rights: { $Type: 'demo.Rights', $Nullable: true },
        code: { $Type: 'demo.Code', $Nullable: true },
        anything: { $Type: 'Edm.Untyped', $Nullable: true },
        photo: { $Type: 'Edm.Stream' },
        created: { $Type: 'Edm.DateTimeOffset', '@Org.OData.Core.V1.Computed': true },
        tags: { $Collection: true },
        aliases: { $Collection: true, $Nullable: true },
        address: { $Type: 'demo.Address', $Nullable: true },
        addresses: { $Type: 'demo.Address', $Collection: true },
        shape: { $Type: 'demo.Shape', $Nullable: true },
        settings: { $Type: 'demo.Settings', $Nullable: true },
        manager: { $Kind: 'NavigationProperty', $Type: 'demo.Person', $Nullable: true },
        team: { $Kind: 'NavigationProperty', $Type: 'demo.Team' },
        friends: { $Kind: 'NavigationProperty', $Type: 'demo.Person', $Collection: true },
      },
      Employee: { $Kind: 'EntityType', $BaseType: 'demo.Person', salary: { $Type: 'Edm.Decimal', $Nullable: true } },
      Team: { $Kind: 'EntityType', $BaseType: 'demo.Thing', title: text },
      Defaults: {
        $Kind: 'EntityType',
        $Key: ['id'],
        id: { $Type: 'Edm.Int32' },
        text: {},
        flag: { $Type: 'Edm.Boolean' },
        integer: { $Type: 'Edm.Int64' },
        decimal: { $Type: 'Edm.Decimal' },
        double: { $Type: 'Edm.Double' },
        guid: { $Type: 'Edm.Guid' },
        binary: { $Type: 'Edm.Binary' },
        date: { $Type: 'Edm.Date' },
        instant: { $Type: 'Edm.DateTimeOffset' },
        time: { $Type: 'Edm.TimeOfDay' },
        duration: { $Type: 'Edm.Duration' },
        color: { $Type: 'demo.Color' },
        rights: { $Type: 'demo.Rights' },
        code: { $Type: 'demo.Code' },
        place: { $Type: 'demo.Place' },
        shape: { $Type: 'demo.Shape' },
        endless: { $Type: 'demo.Endless' },
        tags: { $Collection: true },
      },
      Endless: { $Kind: 'ComplexType', again: { $Type: 'demo.Endless' }, end: { $Type: 'Edm.Boolean' } },
      Bag: { $Kind: 'EntityType', $OpenType: true, $Key: ['id'], id: {}, note: text },
      Odd: { $Kind: 'EntityType', $Key: ['id'], id: {}, constructor: text, toString: text },
      greet: [
        {
          $Kind: 'Action',
          $IsBound: true,
          $Parameter: [
            { $Name: 'binding', $Type: 'demo.Person' },
            { $Name: 'Message', $Type: 'Edm.String' },
            { $Name: 'count', $Type: 'Edm.Int32', $Nullable: true },
            { $Name: 'when', $Type: 'Edm.DateTimeOffset', '@Org.OData.Core.V1.OptionalParameter': {} },
            { $Name: 'address', $Type: 'demo.Address', $Nullable: true },
            { $Name: 'person', $Type: 'demo.Person', $Nullable: true },
            { $Name: 'people', $Type: 'demo.Person', $Collection: true, $Nullable: true },
          ],
        },
      ],
      ping: [{ $Kind: 'Action' }],
    },
  },
]);

export const validator = createValidator(model, { missing: 'default' });
export const strictValidator = createValidator(model, { missing: 'required' });

export const CREATE: Use = { kind: 'create' };
export const UPDATE: Use = { kind: 'update' };
export const REPLACE: Use = { kind: 'replace' };

export function typeNamed(name: string): StructuredType {
  return model.structuredTypeOrThrow(`demo.${name}`);
}

export function actionNamed(name: string): Operation {
  return model.operations(`demo.${name}`)[0]!;
}

export function update(name: string, json: JsonValue): Draft {
  return validator.read(typeNamed(name), json, UPDATE);
}

export function create(name: string, json: JsonValue): Draft {
  return validator.read(typeNamed(name), json, CREATE);
}

/** The 400 that this ends with. */
export function refusal(work: () => unknown): ServiceError {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError && error.status === 400) return error;
    throw error;
  }
  throw new Error('The payload was accepted.');
}

/** `UnknownProperty nmae` for each thing that is wrong. */
export function complaints(work: () => unknown): string[] {
  return refusal(work).details.map(({ code, target }) => `${code} ${target}`);
}
