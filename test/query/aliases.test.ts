// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './technical-service.js';
import { seedThings } from './things.js';

onEachDatabase('values of parameter aliases [OData-URL 5.3]', (service) => {
  beforeAll(() => seedThings(service));

  describe('in calls by a path', () => {
    it.each([
      ['Add(a=@p,b=2)?@p=1 add 1', 4],
      ['Add(a=@p,b=@q)?@p=@q add 1&@q=2 mul 3', 13],
      ['Add(a=@p,b=2)?@p=@q&@q=@r&@r=5', 7],
      ['Add(a=@p,b=2)?@p=$root/Things(1)/Id', 3],
      ['Add(a=@p,b=2)?@p=$root/Things/$count', 10],
      ['Add(a=@p,b=2)?@p=technical.Twice(x=3)', 8],
      ['Add(a=@p,b=2)?@p=case(true:4)', 6],
      ['Add?@a=1&@b=2 add 2', 5],
      ['Things(1)/technical.Scaled(factor=@p)?@p=Whole add 1', 2],
      ['Things(1)/technical.Scaled(factor=@p)?@p=$it/Cost', 2.5],
      ['Things(1)/technical.Scaled(factor=@p)?@p=Friend/Id', 2],
      ['Things(1)/technical.Scaled(factor=@p,offset=@o)?@p=1&@o=Friends/$count', 3],
      ['Sum(numbers=@n)?@n=$root/Things(1)/Wholes', 6],
      ['Sum(numbers=@n)?@n=[1,@m,$root/Things(1)/Id]&@m=5', 7],
      ['Sum(numbers=[1,@m])?@m=2 add 2', 5],
      ['Sum(numbers=@n)?@n=concat([1],$root/Things(1)/Wholes)', 7],
      ['Sum(numbers=@n)?@n=$root/Things(1)/Wholes/$filter($this gt 1)', 5],
      ['Sum(numbers=@n)?@n=substring($root/Things(1)/Wholes,1)', 5],
      ['Envelope(address=@a)?@a=$root/Things(1)/Place', 'Via, Rome'],
      ['Envelope(address=@a)?@a={"City":$root/Things(1)/Name}', ', apple'],
      ['Envelope(address=@a)?@a={"City":@c}&@c=null', ', '],
      ['Things(1)/Place/technical.InCity(city=@c)?@c=City', true],
      ["Words(text=@t)/$count?@t=concat('a ','b')", 2],
    ])('%s', async (address, expected) => {
      const { status, json } = await service.get(encodeURI(address));
      expect([status, json.value ?? json]).toEqual([200, expected]);
    });

    it.each([
      ['an alias of itself', 'Add(a=@p,b=2)?@p=@q&@q=@p', 400],
      ['the same within an expression', 'Add(a=@p,b=2)?@p=@q add 1&@q=@p', 400],
      ['a name where there is nothing to be named', 'Add(a=@p,b=2)?@p=Id', 400],
      ['a name that what it is bound to does not have', 'Things(1)/technical.Scaled(factor=@p)?@p=Nope', 400],
      ['a value of another type', 'Things(1)/technical.Scaled(factor=@p)?@p=Name', 400],
      ['no value where one is needed', 'Add(a=@p,b=2)', 400],
      ['an expression of nothing that is there', 'Things(99)/technical.Scaled(factor=@p)?@p=Whole', 404],
      ['a whole entity', 'Envelope(address=@a)?@a=$root/Things(1)', 400],
      ['a collection of entities', 'Sum(numbers=@n)?@n=$root/Things', 400],
      ['a division by zero', 'Add(a=@p,b=2)?@p=1 div 0', 400],
      ['a key that is not there', 'Things(@k)', 400],
      ['an expression without an alias', 'Add?a=1&b=1 add 1', 400],
      [
        'too much',
        `Add(a=@a0,b=2)?${Array.from({ length: 30 }, (_, n) => `@a${String(n)}=@a${String(n + 1)} add @a${String(n + 1)}`).join('&')}&@a30=1`,
        400,
      ],
    ])('refuses %s', async (_, address, expected) => {
      const { status, json } = await service.get(encodeURI(address));
      expect([status, json.error.message]).toEqual([expected, expect.stringMatching(/\w/)]);
      expect(service.faults).toEqual([]);
    });

    it('are told from bare text', async () => {
      expect((await service.get('Words?text=Name')).json.value).toEqual(['Name']);
    });
  });

  describe('in keys', () => {
    it.each([
      ['Things(@k)/Name?@k=1 add 1', ''],
      ['Things(@k)/Name?@k=@j&@j=@i&@i=1', 'apple'],
      ['Things(@k)/Name?@k=$root/Things(1)/Friend/Friend/Id', '100%_\\\'"'],
      ['Things(@k)/Friend/Code?@k=technical.Add(a=1,b=0)', 'two'],
      ["Things(Code=@k)/Name?@k=concat('o','ne')", 'apple'],
      ["Things(1)/Parts(@k)/Parts(@l)/Size?@k=concat('p','1')&@l=concat('q',substring(@k,1))", 10],
      ["Bags(@k)/Label?@k=tolower('B1')", 'first'],
      ['Things(@k)/Places/-1/City?@k=length(cast(1.5,Edm.String)) sub 2', 'Oslo'],
      ['Things(@k)/technical.Scaled(factor=@k)?@k=-7 add 8', 1],
    ])('%s', async (address, expected) => {
      const { status, json } = await service.get(encodeURI(address));
      expect([status, json.error ?? json.value]).toEqual([200, expected]);
    });

    it('are as good as literals in conditions, writes and links', async () => {
      const filtered = await service.get(
        encodeURI('Things?$select=Id&$filter=$root/Things(@k)/Name eq Name&@k=2 sub 1'),
      );
      expect(filtered.json.value).toEqual([expect.objectContaining({ Id: 1 })]);
      const perRow = await service.get(
        encodeURI("Things?$select=Id&$filter=$root/Things(Id add 1)/Place/City eq 'Bath'"),
      );
      expect(perRow.json.value).toEqual([expect.objectContaining({ Id: 2 })]);
      const { headers } = await service.send('POST', 'Things', { body: '{"Id":50}' });
      expect(headers.get('Location')).toContain('Things(50)');
      const patched = await service.send('PATCH', encodeURI('Things(@k)?@k=49 add 1'), { body: '{"Name":"fifty"}' });
      expect(patched.status).toBeLessThan(300);
      expect((await service.get(encodeURI('Things(@k)?@k=100 div 2'))).json).toMatchObject({ Name: 'fifty' });
      expect((await service.send('DELETE', encodeURI('Things(@k)?@k=100 div 2'))).status).toBe(204);
      expect((await service.get('Things(50)')).status).toBe(404);
      const context = (await service.get(encodeURI('Things(@k)/Places?@k=2 sub 1'))).json['@odata.context'];
      expect(context).toMatch(/#Things\(1\)\/Places$/);
    });

    it.each([
      ['Things(@k)?@k=Id', 400],
      ['Things(@k)?@k=$it/Id', 400],
      ['Things(@k)?@k=@k', 400],
      ['Things(@k)?@k=@j&@j=@k add 1', 400],
      ['Things(@k)?@k=[1]', 400],
      ['Things(@k)?@k={"Id":1}', 400],
      ['Things(@k)?@k=$root/Things(1)', 400],
      ['Things(@k)?@k=1 div 0', 404],
      ['Things(@k)?@k=1 add', 400],
      ['Things(@k)', 400],
      ['Things(@k)?@k=null', 404],
      ['Things(@k)?@k=@j', 404],
      ['Things(@k)?@k=$root/Things(99)/Id', 404],
      ["Things(@k)?@k=concat('1','')", 404],
      ['Things(@k)?@k=1.0 add 0.5', 404],
    ])('%s is %d', async (address, expected) => {
      const { status, json } = await service.get(encodeURI(address));
      expect([status, json.error?.message]).toEqual([expected, expect.any(String)]);
      expect(service.faults).toEqual([]);
    });
  });

  describe('in calls within expressions', () => {
    it.each([
      ['technical.OneOf(x=Whole,list=@l)&@l=[1,7]', [1, 6]],
      ['technical.OneOf(x=@x,list=@l)&@x=$it/Whole&@l=$root/Things(1)/Wholes', [1]],
      ['technical.Scaled(factor=@p) eq 49&@p=Whole', [5, 6]],
      ['Name eq @n&@n=$root/Things(1)/Name', [1]],
      ['Name eq @missing', [4]],
    ])('%s', async (filter, expected) => {
      const { json } = await service.get(encodeURI(`Things?$select=Id&$filter=${filter}`));
      expect(json.value.map(({ Id }: { Id: number }) => Id)).toEqual(expected);
    });
  });
});

onEachDatabase(
  'parameter aliases without a value, where the profile demands one',
  (service) => {
    beforeAll(() => seedThings(service));

    it.each([
      'Things?$filter=Name eq @missing',
      'Things?$filter=Name eq @p&@p=@missing',
      'Things?$orderby=@missing',
      'Things?$compute=@missing as x',
      'Things?$expand=Friends($filter=Name eq @missing)',
      'Things?$filter=technical.Scaled(factor=@missing) eq 1',
      'Things?$apply=filter(Name eq @missing)',
      'Things/$filter(@missing)',
      'Things(@missing)',
      'Add(a=@missing,b=2)',
      'Add(a=@p,b=2)?@p=@missing add 1',
      'Envelope(address=@missing)',
      'Add?a=@missing&b=2',
    ])('are refused in %s', async (address) => {
      const { status, json } = await service.get(encodeURI(address));
      expect([status, json.error.message]).toEqual([400, "The parameter alias '@missing' has no value."]);
    });

    it('are not those that are null, or defined by options', async () => {
      const address = encodeURI(
        'Things?$filter=Name eq @p&@p=null&$select=Id&$expand=Friends($filter=Name eq @q;@q=null)',
      );
      expect((await service.get(address)).json.value).toHaveLength(1);
    });
  },
  { demandsAliasValues: true },
);
