import { describe, expect, it } from '@jest/globals';

import { EntitySet, OperationImport, Singleton } from '../../src/edm/entity-container.js';
import { Model } from '../../src/edm/model.js';
import { EntityType } from '../../src/edm/structured-type.js';
import { TypeDefinition } from '../../src/edm/type-definition.js';

const DESCRIPTION = 'Org.OData.Core.V1.Description';

const model = new Model([
  {
    $Version: '4.01',
    $EntityContainer: 'company.Service',
    $Reference: { 'core.json': { $Include: [{ $Namespace: 'Org.OData.Core.V1', $Alias: 'Core' }] } },
    company: {
      $Alias: 'c',
      Party: {
        $Kind: 'EntityType',
        $Abstract: true,
        $Key: ['id'],
        '@Core.Description': 'inline',
        id: {},
        name: { $Nullable: true, $MaxLength: 20, '@Core.Description': 'A name' },
      },
      Person: {
        $Kind: 'EntityType',
        $BaseType: 'c.Party',
        $OpenType: true,
        manager: { $Kind: 'NavigationProperty', $Type: 'c.Manager', $Nullable: true, $Partner: 'reports' },
        home: { $Type: 'c.Address' },
      },
      Manager: {
        $Kind: 'EntityType',
        $BaseType: 'company.Person',
        reports: { $Kind: 'NavigationProperty', $Type: 'c.Person', $Collection: true, $Partner: 'manager' },
        grade: { $Type: 'c.Grade', $Precision: 2 },
      },
      Address: { $Kind: 'ComplexType', lines: { $Collection: true } },
      Room: {
        $Kind: 'EntityType',
        $Key: [{ street: 'address/street' }, 'number'],
        address: { $Type: 'c.StreetAddress' },
        number: { $Type: 'Edm.Int32' },
      },
      StreetAddress: { $Kind: 'ComplexType', $BaseType: 'c.Address', street: {} },
      Grade: { $Kind: 'TypeDefinition', $UnderlyingType: 'Edm.Decimal', $Precision: 4, $Scale: 1 },
      promote: [
        { $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'person', $Type: 'c.Person' }, { $Name: 'reason' }] },
        { $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'people', $Type: 'c.Person', $Collection: true }] },
      ],
      find: [
        { $Kind: 'Function', $Parameter: [{ $Name: 'name' }], $ReturnType: { $Type: 'c.Person' } },
        {
          $Kind: 'Function',
          $Parameter: [{ $Name: 'name' }, { $Name: 'limit', $Type: 'Edm.Int32' }],
          $ReturnType: { $Type: 'c.Person', $Collection: true },
        },
      ],
      Service: {
        $Kind: 'EntityContainer',
        people: { $Collection: true, $Type: 'c.Person', $NavigationPropertyBinding: { manager: 'people' } },
        me: { $Type: 'c.Person' },
        find: { $Function: 'c.find', $EntitySet: 'people' },
      },
      $Annotations: {
        'c.Party': { '@Core.Description': 'external', '@Core.LongDescription#de': 'lang' },
        'company.Person/home': { '@Core.Description': 'Where they live' },
        'c.find(Edm.String,Edm.Int32)/limit': { '@Core.OptionalParameter': {} },
        'c.promote(Collection(c.Person))': { '@Core.Description': 'All at once' },
        'c.Service/me': { '@Core.Description': 'Who is asking' },
      },
    },
  },
]);

function entityType(name: string): EntityType {
  return model.entityTypeOrThrow(name);
}

describe('Model', () => {
  it('replaces aliases, also of included schemas and in collections', () => {
    expect(model.expandName('c.Person')).toBe('company.Person');
    expect(model.expandName('Collection(c.Person)')).toBe('Collection(company.Person)');
    expect(model.expandName('Core.Description')).toBe(DESCRIPTION);
    expect(model.expandName('Edm.String')).toBe('Edm.String');
  });

  it('makes each type once', () => {
    expect(model.type('c.Person')).toBe(model.type('company.Person'));
    expect(model.type('Edm.String')?.kind).toBe('primitive');
  });

  it.each(['c.Nobody', 'Nobody', 'company.$Annotations', 'company.constructor', 'company.promote', 'Edm.Nothing', ''])(
    'has no type %j',
    (name) => expect(model.type(name)).toBeUndefined(),
  );

  it('names what the schema lacks', () => {
    expect(() => model.typeOrThrow('c.Nobody')).toThrow('c.Nobody');
    expect(() => model.structuredTypeOrThrow('c.Grade')).toThrow('c.Grade');
    expect(() => model.entityTypeOrThrow('c.Address')).toThrow('c.Address');
  });

  it('lists declarations by kind', () => {
    expect([...model.declaredNames('ComplexType')]).toEqual(['company.Address', 'company.StreetAddress']);
    expect([...model.declaredNames('Action', 'Function')]).toEqual(['company.promote', 'company.find']);
  });
});

describe('inheritance [CSDL-JSON 6.2]', () => {
  const manager = entityType('c.Manager');

  it('gives inherited properties first', () => {
    expect([...manager.properties.keys()]).toEqual(['id', 'name', 'home', 'grade']);
    expect([...manager.navigationProperties.keys()]).toEqual(['manager', 'reports']);
    expect(manager.member('name')?.declaringType).toBe(model.type('c.Party'));
    expect(manager.member('$Kind')).toBeUndefined();
  });

  it('passes on keys and openness', () => {
    expect(manager.key.map(({ name }) => name)).toEqual(['id']);
    expect([manager.isOpen, entityType('c.Party').isOpen]).toEqual([true, false]);
    expect([manager.isAbstract, entityType('c.Party').isAbstract]).toEqual([false, true]);
  });

  it('finds derived types, direct or not', () => {
    expect(model.derivedTypes(entityType('c.Party')).map(({ name }) => name)).toEqual(['Person', 'Manager']);
    expect(model.derivedTypes(manager)).toEqual([]);
    expect(manager.lineage.map(({ name }) => name)).toEqual(['Manager', 'Person', 'Party']);
    expect(manager.isOrDerivesFrom(entityType('c.Party'))).toBe(true);
    expect(entityType('c.Party').isOrDerivesFrom(manager)).toBe(false);
  });

  it('finds keys inside complex types [CSDL-JSON 6.5]', () => {
    const key = entityType('c.Room').key.map(({ name, path, property }) => [name, path, property.target]);
    expect(key).toEqual([
      ['street', ['address', 'street'], 'company.StreetAddress/street'],
      ['number', ['number'], 'company.Room/number'],
    ]);
  });
});

describe('types that refer to each other', () => {
  it('find each other and their partners', () => {
    const reports = entityType('c.Manager').navigationProperties.get('reports')!;
    expect(reports.type).toBe(entityType('c.Person'));
    expect(reports.type.navigationProperties.get('manager')?.type).toBe(entityType('c.Manager'));
    expect(reports.partner?.partner?.name).toBe('reports');
  });
});

describe('type definitions [CSDL-JSON 11]', () => {
  it('add their facets to those of the property', () => {
    const grade = entityType('c.Manager').properties.get('grade')!;
    expect(grade.type).toBeInstanceOf(TypeDefinition);
    const read = (number: number) => (grade.type as TypeDefinition).fromJson(number, grade.facets);
    expect(read(1.5)).toEqual({ value: 1.5 });
    expect(read(1.55)).toHaveProperty('problem');
    expect(read(12.5)).toHaveProperty('problem');
  });
});

describe('annotations [CSDL-JSON 14]', () => {
  it('are inline or external, and inline ones win', () => {
    const party = entityType('c.Party');
    expect(party.annotation(DESCRIPTION)).toBe('inline');
    expect(party.annotation('Org.OData.Core.V1.LongDescription#de')).toBe('lang');
  });

  it('reach properties, parameters, overloads and children of the container', () => {
    expect(entityType('c.Person').properties.get('home')?.annotation(DESCRIPTION)).toBe('Where they live');
    expect(entityType('c.Person').properties.get('name')?.annotation(DESCRIPTION)).toBe('A name');
    expect(model.operations('c.promote').map((overload) => overload.annotation(DESCRIPTION))).toEqual([
      undefined,
      'All at once',
    ]);
    expect(model.operations('c.find')[1]?.parameters.map(({ isOptional }) => isOptional)).toEqual([false, true]);
    expect(model.container?.child('me')?.annotation(DESCRIPTION)).toBe('Who is asking');
  });
});

describe('operations [CSDL-JSON 12]', () => {
  it('have overloads, told apart by their signature', () => {
    expect(model.operations('c.promote').map(({ target }) => target)).toEqual([
      'company.promote(company.Person)',
      'company.promote(Collection(company.Person))',
    ]);
    expect(model.operations('company.find').map(({ target }) => target)).toEqual([
      'company.find(Edm.String)',
      'company.find(Edm.String,Edm.Int32)',
    ]);
    expect(model.operations('c.Person')).toEqual([]);
  });

  it('split the binding parameter off', () => {
    const [promote] = model.boundOperations('promote');
    expect(promote?.bindingParameter?.name).toBe('person');
    expect(promote?.nonBindingParameters.map(({ name }) => name)).toEqual(['reason']);
    expect(model.boundOperations('find')).toEqual([]);
  });

  it('return what they declare', () => {
    const [one, many] = model.operations('c.find');
    expect([String(one?.returnType), String(many?.returnType)]).toEqual([
      'company.Person',
      'Collection(company.Person)',
    ]);
    expect(model.operations('c.promote')[0]?.returnType).toBeUndefined();
  });
});

describe('the entity container [CSDL-JSON 13]', () => {
  it('has entity sets, singletons and imports', () => {
    const { container } = model;
    const people = container?.child('people');
    expect(people).toBeInstanceOf(EntitySet);
    expect(people instanceof EntitySet && people.type).toBe(entityType('c.Person'));
    expect(people instanceof EntitySet && people.bindings.get('manager')).toBe('people');
    expect(model.entitySets).toEqual([...container!.children.values()].filter((child) => child instanceof EntitySet));
    expect(model.setsOf(entityType('c.Person'))).toEqual([people]);
    expect(model.setsOf(entityType('c.Manager'))).toEqual([]);
    expect(container?.child('me')).toBeInstanceOf(Singleton);
    const find = container?.child('find');
    expect(find instanceof OperationImport && find.operations).toHaveLength(2);
    expect(container?.child('nothing')).toBeUndefined();
  });
});
