import { beforeAll, describe, expect, it } from '@jest/globals';

import { ROOT, useTechnicalService } from './technical-service.js';
import { seedThings } from './things.js';

/** Sections of the specification with requests and the fragments of their context URLs; undefined where there is none. */
const SECTIONS: Readonly<Record<string, readonly (readonly [request: string, fragment: string | undefined])[]>> = {
  '10.1 Service Document': [['', undefined]],
  '10.2 Collection of Entities': [
    ['Things', '#Things'],
    ['Things?$filter=Id gt 1&$orderby=Id&$top=1', '#Things'],
    ['Things/$filter(Id gt 1)', '#Things'],
    ['Things(1)/Friends', '#Things'],
    ['Things(1)/Parts', '#Things(1)/Parts'],
    ["Things(1)/Parts('p1')/Parts", "#Things(1)/Parts('p1')/Parts"],
    ['Things(1)/Friend/Parts', '#Things(1)/Friend/Parts'],
    ['Things(1)/Friends(2)/Parts', '#Things(2)/Parts'],
    ['Things(6)/technical.Gadget/Parts', '#Things(6)/Parts'],
    ['Things/technical.Gadget(6)/Parts', '#Things(6)/Parts'],
    ['Settings/Rules', '#Settings/Rules'],
    ['Things(1)/Strays', '#Collection(technical.Stray)'],
    ['Loans', '#Loans'],
  ],
  '10.3 Entity': [
    ['Things(1)', '#Things/$entity'],
    ['Things/1', '#Things/$entity'],
    ['Things(Id=1)', '#Things/$entity'],
    ["Things(Code='one')", '#Things/$entity'],
    ['Things(1)/Friend', '#Things/$entity'],
    ['Things(1)/Friends(2)', '#Things/$entity'],
    ['Things(1)/Bag', '#Bags/$entity'],
    ["Things(1)/Parts('p1')", '#Things(1)/Parts/$entity'],
    ["Things(1)/Parts('p1')/Parts('q1')", "#Things(1)/Parts('p1')/Parts/$entity"],
    ["Loans(Reader='a',Day=2024-01-01)", '#Loans/$entity'],
    ['Sessions(00000000-0000-0000-0000-000000000001)', '#Sessions/$entity'],
    ['Days(2024-02-29)', '#Days/$entity'],
    ['Numbers(9007199254740993)', '#Numbers/$entity'],
  ],
  '10.4 Singleton': [
    ['Settings', '#Settings'],
    ['Settings?$select=Theme', '#Settings(Theme)'],
  ],
  '10.5 Collection of Derived Entities': [
    ['Things/technical.Gadget', '#Things/technical.Gadget'],
    ['Things/technical.Gadget/technical.Robot', '#Things/technical.Robot'],
    ['Things(1)/Friends/technical.Gadget', '#Things/technical.Gadget'],
  ],
  '10.6 Derived Entity': [
    ['Things(6)/technical.Gadget', '#Things/technical.Gadget/$entity'],
    ['Things/technical.Gadget(6)', '#Things/technical.Gadget/$entity'],
    ['Things(7)/technical.Gadget/technical.Robot', '#Things/technical.Robot/$entity'],
    ['Things(6)', '#Things/$entity'],
  ],
  '10.7 Collection of Projected Entities': [
    ['Things?$select=Id,Name', '#Things(Id,Name)'],
    ['Things?$select=Name,Id', '#Things(Name,Id)'],
    ['Things?$select=*', '#Things(*)'],
    ['Things?$select=*,Name', '#Things(*)'],
    ['Things?$select=Id,Friend', '#Things(Id,Friend)'],
    ['Things?$select=*,Friend', '#Things(*,Friend)'],
    ['Things?$select=Place/City,Place/Zip', '#Things(Place/City,Place/Zip)'],
    ['Things?$select=Place,Place/Zip', '#Things(Place)'],
    ['Things?$select=Place($select=City)', '#Things(Place/City)'],
    ['Things?$select=Place/technical.Home/Rooms', '#Things(Place/technical.Home/Rooms)'],
    ['Things?$select=technical.Gadget/Volts', '#Things(technical.Gadget/Volts)'],
    ['Things/technical.Gadget?$select=Volts', '#Things/technical.Gadget(Volts)'],
    ['Things(1)/Parts?$select=Size', '#Things(1)/Parts(Size)'],
    ['Things?$select=Id,technical.Touch', '#Things(Id,technical.Touch)'],
    ['Things?$select=Id,technical.*', '#Things(Id,technical.*)'],
    ['Things?$select=Id,twice&$compute=Id mul 2 as twice', '#Things(Id,twice)'],
    ['Things?$select=*,twice&$compute=Id mul 2 as twice', '#Things(*,twice)'],
    ['Things?$compute=Id mul 2 as twice', '#Things'],
    ['Bags?$select=Label,dyn', '#Bags(Label,dyn)'],
  ],
  '10.8 Projected Entity': [
    ['Things(1)?$select=Id,Name', '#Things(Id,Name)/$entity'],
    ['Things(1)?$select=*', '#Things(*)/$entity'],
    ['Things(6)/technical.Gadget?$select=Volts', '#Things/technical.Gadget(Volts)/$entity'],
    ["Things(1)/Parts('p1')?$select=Size", '#Things(1)/Parts(Size)/$entity'],
    ['Settings?$select=Size,Place/City', '#Settings(Size,Place/City)'],
    ['Things(1)?$select=twice&$compute=Id mul 2 as twice', '#Things(twice)/$entity'],
  ],
  '10.9 Collection of Expanded Entities': [
    ['Things?$expand=Friend', '#Things(Friend())'],
    ['Things?$expand=Friend,Friends', '#Things(Friend(),Friends())'],
    ['Things?$select=Id&$expand=Friend', '#Things(Id,Friend())'],
    ['Things?$select=Id,Friend&$expand=Friend', '#Things(Id,Friend,Friend())'],
    ['Things?$select=Id&$expand=Friend($select=Name)', '#Things(Id,Friend(Name))'],
    ['Things?$expand=Friend($expand=Friends)', '#Things(Friend(Friends()))'],
    [
      'Things?$select=Id&$expand=Friend($select=Name;$expand=Friends($select=Id;$expand=Bag($select=Label)))',
      '#Things(Id,Friend(Name,Friends(Id,Bag(Label))))',
    ],
    ['Things?$select=Id&$expand=Friend($select=Id;$levels=3)', '#Things(Id,Friend+(Id))'],
    ['Things?$select=Friend&$expand=Friend($select=Id,Name;$levels=2)', '#Things(Friend,Friend+(Id,Name))'],
    ['Things?$expand=Friend($levels=1)', '#Things(Friend())'],
    ['Things?$expand=Friend($levels=2;$expand=Bag)', '#Things(Friend+(Bag()))'],
    ['Things?$expand=technical.Gadget/Charger', '#Things(technical.Gadget/Charger())'],
    ['Things?$expand=Parts($filter=Size gt 1;$top=1;$select=Size)', '#Things(Parts(Size))'],
    ['Things?$expand=Friend($compute=Id mul 2 as twice;$select=twice)', '#Things(Friend(twice))'],
    ['Things/technical.Gadget?$expand=Charger($select=Id)', '#Things/technical.Gadget(Charger(Id))'],
  ],
  '10.10 Expanded Entity': [
    ['Things(1)?$expand=Friend', '#Things(Friend())/$entity'],
    ['Things(1)?$select=Id&$expand=Parts($select=Id)', '#Things(Id,Parts(Id))/$entity'],
    ['Settings?$expand=Rules', '#Settings(Rules())'],
    ['Things(1)?$select=Id&$expand=Friend($select=Id;$levels=2)', '#Things(Id,Friend+(Id))/$entity'],
  ],
  '10.11 Collection of Entity References': [
    ['Things(1)/Friends/$ref', '#Collection($ref)'],
    ['Things/$ref', '#Collection($ref)'],
  ],
  '10.12 Entity Reference': [
    ['Things(1)/Friend/$ref', '#$ref'],
    ['Things(1)/$ref', '#$ref'],
  ],
  '10.14 Property Value': [
    ['Things(1)/Name', '#Things(1)/Name'],
    ['Things/1/Name', '#Things(1)/Name'],
    ['Things(1)/Names', '#Things(1)/Names'],
    ['Things(1)/Place', '#Things(1)/Place'],
    ['Things(1)/Place/City', '#Things(1)/Place/City'],
    ['Things(1)/Place/Inner/City', '#Things(1)/Place/Inner/City'],
    ['Things(1)/Places', '#Things(1)/Places'],
    ['Things(3)/Place/technical.Home/Rooms', '#Things(3)/Place/technical.Home/Rooms'],
    ['Things(3)/Place/technical.Home/City', '#Things(3)/Place/City'],
    ['Things(6)/technical.Gadget/Volts', '#Things(6)/technical.Gadget/Volts'],
    ['Things/technical.Gadget(6)/Volts', '#Things(6)/technical.Gadget/Volts'],
    ['Things(6)/technical.Gadget/Name', '#Things(6)/Name'],
    ["Things(1)/Parts('p1')/Size", "#Things(1)/Parts('p1')/Size"],
    ['Things(1)/Friends(2)/Whole', '#Things(2)/Whole'],
    ['Settings/Theme', '#Settings/Theme'],
    ["Bags('b1')/Label", "#Bags('b1')/Label"],
    ["Loans(Reader='a',Day=2024-01-01)/Note", "#Loans(Reader='a',Day=2024-01-01)/Note"],
  ],
  '10.15 Collection of Complex or Primitive Types': [["Words(text='a b')", '#Collection(Edm.String)']],
  '10.16 Complex or Primitive Type': [
    ['Add(a=1,b=2)', '#Edm.Int32'],
    ['Headquarters()', '#technical.Address'],
    ['Things(1)/technical.Weight()', '#Edm.Decimal'],
  ],
  '10.17 Operation Result': [
    ['Biggest()', '#Things/$entity'],
    ["Coloured(color='red')", '#Things'],
    ['Things/technical.Smallest()', '#Things/$entity'],
  ],
};

describe('context URLs', () => {
  const service = useTechnicalService();
  beforeAll(async () => {
    await seedThings(service);
    await service.send('PATCH', 'Settings', { body: '{"Theme":"dark"}' });
    await service.create('Loans', '{"Reader":"a","Day":"2024-01-01","Note":"n"}');
    await service.create('Sessions', '{"Id":"00000000-0000-0000-0000-000000000001"}');
    await service.create('Days', '{"Day":"2024-02-29"}');
    await service.create('Numbers', '{"Value":9007199254740993}');
  });

  for (const [section, cases] of Object.entries(SECTIONS)) {
    describe(`[OData-Protocol ${section}]`, () => {
      it.each(cases)('%s has %s', async (request, fragment) => {
        const { status, json } = await service.get(request.replaceAll(' ', '%20'));
        expect([status, json['@odata.context']]).toEqual([200, `${ROOT}/$metadata${fragment ?? ''}`]);
      });
    });
  }

  it('of a single contained entity that was created with its parent [OData-Protocol 10.3]', async () => {
    const { json } = await service.get('Things(1)/Cover');
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#Things(1)/Cover/$entity`);
  });

  it('are left out without metadata, and the same with all of it', async () => {
    for (const request of ['Things', 'Things(1)', 'Things(1)/Name', 'Things(1)/Place', 'Settings', 'Add(a=1,b=2)']) {
      const read = (metadata: string) => service.get(`${request}?$format=application/json;odata.metadata=${metadata}`);
      expect((await read('none')).json).not.toHaveProperty('@odata.context');
      expect((await read('full')).json['@odata.context']).toBe((await read('minimal')).json['@odata.context']);
    }
  });

  it('come first, so that a client can read the rest', async () => {
    for (const request of ['Things', 'Things(1)', 'Things(1)/Name', 'Things(1)/Places', 'Settings', 'Things/$ref', ''])
      expect((await service.get(request)).text).toMatch(/^\{"@odata\.context":/);
  });
});
