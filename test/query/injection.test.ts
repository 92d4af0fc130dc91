// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url, type Sent } from './technical-service.js';
import { seedThings } from './things.js';

/** What would do harm where a text becomes part of a statement, of a path into JSON, or of a pattern. */
const PAYLOADS: readonly string[] = [
  "' OR 1=1 --",
  "' OR ''='",
  "'; DROP TABLE entity; --",
  "x'); DELETE FROM entity; --",
  "'; UPDATE entity SET document = '{}'; --",
  '" OR ""="',
  '"; DROP TABLE entity; --',
  "$.Name') OR 1=1 --",
  '$.Name") --',
  "' UNION SELECT * FROM sqlite_master --",
  "'||(SELECT pg_sleep(5))||'",
  '1; DELETE FROM reference',
  '1) OR (1=1',
  '$$; DROP SCHEMA public CASCADE; $$',
  String.raw`\'; DROP TABLE entity; --`,
  String.raw`E'\x27 OR 1=1`,
  '?',
  '$1',
  ':space',
  '@p',
  '%',
  '_%_',
  String.raw`\%`,
  '/* */',
  '{"$ne":null}',
  '}],"x":[{',
  'a"b',
  "O'Neil",
  '`id`',
  '[0]',
  'entity.document',
  'NULL',
  '\u0000x',
  'x\u0000',
  '\u001f\u007f\u0085',
  '\ufeff\u202e',
  '🍎\u{10ffff}',
  'ʼ ＇ ′ ‘',
  'x'.repeat(3000),
];

/** Places where a name stands: whatever is no name there must be refused. */
const NAMES: readonly ((text: string) => Readonly<Record<string, string>> | string)[] = [
  (text) => ({ $select: text }),
  (text) => ({ $select: `Id,Place/${text}` }),
  (text) => ({ $orderby: text }),
  (text) => ({ $orderby: `Name ${text}` }),
  (text) => ({ $expand: text }),
  (text) => ({ $expand: `Friends(${text})` }),
  (text) => ({ $expand: `Friends($orderby=${text})` }),
  (text) => ({ $compute: `1 as ${text}` }),
  (text) => ({ $compute: `${text} as x` }),
  (text) => ({ $filter: text }),
  (text) => ({ $filter: `${text} eq 1` }),
  (text) => ({ $filter: `Place/${text} eq 1` }),
  (text) => ({ $filter: `Loose/${text} eq 1` }),
  (text) => ({ $filter: `Friends/any(${text}:true)` }),
  (text) => ({ $filter: `isof(${text})` }),
  (text) => ({ $filter: `cast(Name,${text}) eq 1` }),
  (text) => ({ $filter: `${text}(Name)` }),
  (text) => ({ $apply: `groupby((${text}))` }),
  (text) => ({ $apply: `aggregate(Whole with sum as ${text})` }),
  (text) => ({ $apply: `aggregate(Whole with ${text} as total)` }),
  (text) => ({ $top: text }),
  (text) => ({ $skip: text }),
  (text) => ({ $count: text }),
  (text) => ({ $skiptoken: text }),
  (text) => ({ $deltatoken: text }),
  (text) => ({ $format: text }),
  (text) => ({ $schemaversion: text }),
  (text) => ({ $index: text }),
  (text) => ({ [`$${text}`]: '1' }),
  (text) => ({ [`@${text}`]: '1' }),
  (text) => ({ $filter: 'Name eq @p', '@p': text }),
  (text) => `Things/${encodeURIComponent(text)}`,
  (text) => `Things(1)/${encodeURIComponent(text)}`,
  (text) => `Things(1)/Place/${encodeURIComponent(text)}`,
  (text) => `Things(${encodeURIComponent(text)})`,
  (text) => `${encodeURIComponent(text)}`,
  (text) => `Numbers(${encodeURIComponent(text)})`,
  (text) => `Loans(Reader='x',Day=${encodeURIComponent(text)})`,
];

/** Places where a text stands between quotes. */
const LITERALS: readonly ((quoted: string) => string)[] = [
  (quoted) => `Name eq ${quoted}`,
  (quoted) => `Name gt ${quoted} and Name lt ${quoted}`,
  (quoted) => `Name in (${quoted},${quoted})`,
  (quoted) => `contains(Name,${quoted}) and Name ne '%' and Id gt 8`,
  (quoted) => `startswith(Name,${quoted}) and Id gt 8`,
  (quoted) => `endswith(Name,${quoted}) and Id gt 8`,
  (quoted) => `indexof(Name,${quoted}) gt 100`,
  (quoted) => `concat(Name,${quoted}) eq 'no such'`,
  (quoted) => `tolower(${quoted}) eq 'no such'`,
  (quoted) => `Place/City eq ${quoted}`,
  (quoted) => `Loose/more eq ${quoted}`,
  (quoted) => `Names/any(n:n eq ${quoted} and Id gt 8)`,
  (quoted) => `Friends/any(f:f/Name eq ${quoted})`,
  (quoted) => `Bags/$count($filter=text eq ${quoted}) gt 0`,
  (quoted) => `case(Name eq ${quoted}:true,true:false)`,
];

onEachDatabase('SQL injection', (service) => {
  let before: string;
  const SETS = ['Things?$expand=*', 'Bags?$filter=Id%20lt%20%27c%27', 'Loans', 'Sessions', 'Numbers', 'Settings'];
  const everything = async (): Promise<string> =>
    (await Promise.all(SETS.map((set) => service.get(set)))).map(({ text }) => text).join('\n');

  beforeAll(async () => {
    await seedThings(service);
    before = await everything();
  });

  const ask = async (method: string, address: string, sent?: Sent): Promise<number> => {
    const { status } = await service.send(method, address, sent);
    expect([address, status < 500 || status === 501]).toEqual([address, true]);
    return status;
  };

  const unharmed = async (): Promise<void> => {
    expect(await everything()).toBe(before);
    expect(service.faults).toEqual([]);
  };

  it('cannot be done by a name', async () => {
    for (const payload of PAYLOADS) {
      for (const place of NAMES) {
        const asked = place(payload);
        await ask('GET', typeof asked === 'string' ? asked : url('Things', asked));
        if (typeof asked !== 'string') await ask('GET', url('Bags', asked));
      }
    }
    await unharmed();
  });

  it('cannot be done by a literal', async () => {
    for (const payload of PAYLOADS) {
      const quoted = `'${payload.replaceAll("'", "''")}'`;
      for (const place of LITERALS) {
        const { status, json } = await service.get(url('Things', { $filter: place(quoted) }));
        const found = status === 200 ? json.value.filter(({ Name }: { Name: string }) => Name !== payload) : [];
        expect([place(quoted).slice(0, 100), status === 200 || status === 400, found]).toEqual([
          expect.anything(),
          true,
          [],
        ]);
        await ask('GET', url('Things', { $filter: place(`'${payload}'`) }));
        await ask('GET', url('Things', { $filter: place('@p'), '@p': quoted }));
        await ask('GET', url('Things/$count', { $filter: place(quoted) }));
      }
      for (const prefix of ['duration', 'binary', 'geography', 'technical.Color', 'technical.Style'])
        expect([400, 501]).toContain(await ask('GET', url('Things', { $filter: `Name eq ${prefix}${quoted}` })));
      await ask('GET', url('Things', { $filter: `matchesPattern(Name,${quoted})` }));
      await ask('GET', url('Things', { $search: payload }));
      await ask('GET', url('Things', { $search: `"${payload.replaceAll(/["\\]/g, '')}"` }));
      await ask('GET', `Words(text=${encodeURIComponent(quoted)})`);
      await ask('GET', url('$entity', { $id: payload }));
    }
    await unharmed();
  });

  it('cannot be done by a key', async () => {
    for (const payload of PAYLOADS) {
      const quoted = encodeURIComponent(`'${payload.replaceAll("'", "''")}'`);
      const addresses = [
        `Bags(${quoted})`,
        `Bags/${encodeURIComponent(payload)}`,
        `Things(Code=${quoted})`,
        `Loans(Reader=${quoted},Day=2024-01-01)`,
        `Things(1)/Parts(${quoted})`,
        `Things(3)/Bags(${quoted})`,
      ];
      for (const address of addresses) {
        expect([address, [400, 404]]).toEqual([address, expect.arrayContaining([await ask('GET', address)])]);
        await ask('DELETE', address);
        await ask('GET', `${address}/Label`);
        await ask('GET', `${address}/$ref`);
      }
      await ask('DELETE', `Things(3)/Bags/$ref?$id=${encodeURIComponent(payload)}`);
      await ask('DELETE', `Things(3)/Bags/$ref?$id=Bags(${quoted})`);
    }
    await unharmed();
  });

  it('cannot be done by a header', async () => {
    for (const payload of PAYLOADS) {
      for (const name of [
        'accept',
        'prefer',
        'if-match',
        'if-none-match',
        'odata-version',
        'odata-maxversion',
        'content-type',
        'content-encoding',
      ])
        await ask(name === 'if-match' ? 'PATCH' : 'GET', 'Things(8)', {
          headers: { [name]: payload },
          ...(name === 'if-match' ? { body: '{"Whole":1}' } : {}),
        });
      await ask('GET', 'Things', { headers: { prefer: `maxpagesize=${payload}` } });
    }
    await unharmed();
  });

  describe('texts of all kinds', () => {
    it('are kept as they are, found by equality, and carried through pages', async () => {
      const kept: string[] = [];
      for (const payload of PAYLOADS) {
        const body = JSON.stringify({ Id: `z${payload}`, Label: payload, free: payload });
        const created = await service.send('POST', 'Bags', { body });
        if (created.status === 400) {
          expect([payload, payload.includes('\0')]).toEqual([payload, true]);
          continue;
        }
        expect([payload, created.status]).toEqual([payload, 201]);
        kept.push(payload);
        const quoted = `'${payload.replaceAll("'", "''")}'`;
        const { json } = await service.get(url('Bags', { $filter: `Label eq ${quoted} and free eq ${quoted}` }));
        expect(json.value.map(({ Label }: { Label: string }) => Label)).toEqual([payload]);
        const address = created.headers.get('Location')!.slice(ROOT.length + 1);
        expect((await service.get(address)).json).toMatchObject({ Id: `z${payload}`, Label: payload, free: payload });
      }
      for (const property of ['Label', 'free', 'Id']) {
        const shown: string[] = [];
        let next: string | undefined = url('Bags', { $orderby: `${property} desc`, $filter: "Id gt 'y'" });
        while (next !== undefined) {
          const { status, json } = await service.get(next, { prefer: 'maxpagesize=3' });
          expect(status).toBe(200);
          shown.push(...json.value.map(({ Label }: { Label: string }) => Label));
          next = (json['@odata.nextLink'] as string | undefined)?.slice(ROOT.length + 1);
        }
        expect([property, shown.sort()]).toEqual([property, [...kept].sort()]);
      }
    });

    it('may be names of dynamic properties, where they are names at all', async () => {
      for (const [index, payload] of PAYLOADS.entries()) {
        const body = JSON.stringify({ Id: `zz${String(index)}`, [payload]: 'mine' });
        const status = await ask('POST', 'Bags', { body });
        if (status !== 201) continue;
        const { json } = await service.get(`Bags('zz${String(index)}')`);
        expect(json[payload]).toBe('mine');
        for (const options of [
          { $filter: `${payload} eq 'mine'` },
          { $orderby: payload },
          { $select: payload },
          { $compute: `${payload} as x` },
        ])
          await ask('GET', url('Bags', options));
      }
      await unharmed();
    });
  });

  it('did no harm', unharmed);
});
