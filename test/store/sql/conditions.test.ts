import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { databases, type TestDatabase } from './database.js';
import { order, plan, where } from './plans.js';

const THINGS: Readonly<Record<string, string>> = {
  a: '{"S":"apple","I":1,"B":true,"D":0.1,"F":0.5,"L":1,"At":"2024-01-01T00:00:00Z","Span":"PT1H","Color":"Red","Words":["x","yy"]}',
  b: '{"S":"Banana","I":-2,"B":false,"D":-1.5,"F":"NaN","L":9007199254740993,"At":"2024-01-01T00:00:00.5Z","Span":"-PT2H","Color":"Green","Words":[]}',
  c: '{"S":"cherry%","I":2147483647,"D":1234567890123456789012345678.5,"F":"INF","L":9007199254740992,"Span":"P1D","Color":"Blue","Style":"Bold,Wide","Numbers":[0.1,12345678901234567890.12]}',
  d: '{"S":null,"I":null,"D":1234567890123456789012345678.25,"F":"-INF","Address":{"City":"Rome","Zip":5,"Tags":["t"],"Inner":{"City":"Bari"}},"Extra1":"dyn"}',
  e: '{"Address":null,"Addresses":[{"City":"Rome","Zip":1},{"City":"Oslo","@odata.type":"t.Home","Rooms":3}],"Extra1":5,"Extra2":true,"F":-3}',
  f: '{"S":"🍎","D":-1.25,"F":1e300,"Address":{"@odata.type":"t.Home","Rooms":2},"Addresses":[],"Extra1":"2024-01-01","D2":1e400}',
};

const FILTERS: readonly (readonly [filter: string, keys: string])[] = [
  ["S eq 'apple'", 'a'],
  ["S ne 'apple'", 'bcdef'],
  ["not (S eq 'apple')", 'bcdef'],
  ["not (S ne 'apple')", 'a'],
  ['S eq null', 'de'],
  ['null eq S', 'de'],
  ['S ne null', 'abcf'],
  ['null eq null', 'abcdef'],
  ['null ne null', ''],
  ['null lt null', ''],
  ['I lt null', ''],
  ['not (I lt null)', 'abcdef'],
  ['S eq T', 'de'],
  ['S ne T', 'abcf'],
  ["S gt 'Banana'", 'acf'],
  ["S lt 'apple'", 'b'],
  ["not (S lt 'apple')", 'acdef'],
  ["S in ('apple','🍎')", 'af'],
  ["not (S in ('apple','🍎'))", 'bcde'],
  ["S in ('apple',null)", 'ade'],
  ["not (S in ('apple',null))", 'bcf'],
  ["contains(S,'an')", 'b'],
  ["not contains(S,'an')", 'acf'],
  ["contains(S,'%')", 'c'],
  ["contains(S,'a') eq null", 'de'],
  ['not (B)', 'b'],
  ['B', 'a'],
  ['B eq true', 'a'],
  ['B eq false', 'b'],
  ['B ne true', 'bcdef'],
  ['B lt true', 'b'],
  ['B or I eq null', 'adef'],
  ['not (B or I eq 2147483647)', 'b'],
  ['not (B and I eq 1)', 'bcdef'],
  ['(B and null) eq null', 'acdef'],
  ['I gt -2', 'ac'],
  ['I ge -2', 'abc'],
  ['I lt 1.5', 'ab'],
  ['D eq 0.1', 'a'],
  ['D gt -1.3', 'acdf'],
  ['D lt -1.3', 'b'],
  ['D lt -1.25', 'b'],
  ['D le -1.25', 'bf'],
  ['D gt 1234567890123456789012345678.25', 'c'],
  ['D ge 1234567890123456789012345678.25', 'cd'],
  ['D eq 1234567890123456789012345678.5', 'c'],
  ['D in (0.1,-1.25)', 'af'],
  ['I eq D', 'e'],
  ['L eq 9007199254740993', 'b'],
  ['L gt 9007199254740992', 'b'],
  ['L ge 9007199254740992', 'bc'],
  ['F gt 0', 'acf'],
  ['F lt 0', 'de'],
  ['F eq NaN', ''],
  ['F ne NaN', 'abcdef'],
  ['F ne 0.5', 'bcdef'],
  ['not (F gt 0)', 'bde'],
  ['F eq F', 'acdef'],
  ['F eq INF', 'c'],
  ['F lt INF', 'adef'],
  ['F le -INF', 'd'],
  ['F ne null', 'abcdef'],
  ['F in (0.5e0,INF)', 'ac'],
  ['not (F in (0.5e0,null))', 'bcdef'],
  ['F eq -3', 'e'],
  ['F eq 1e300', 'f'],
  ['At eq 2024-01-01T01:00:00+01:00', 'a'],
  ['At gt 2024-01-01T00:00:00Z', 'b'],
  ['At le 2024-01-01T00:00:00.50Z', 'ab'],
  ["Span gt duration'PT30M'", 'ac'],
  ["Span lt duration'PT0S'", 'b'],
  ["Span eq duration'PT24H'", 'c'],
  ["Color eq 'Red'", 'a'],
  ["Color gt 'Red'", 'bc'],
  ["Color ge t.Color'Blue'", 'c'],
  ["Color ne 'Red'", 'bcdef'],
  ["Color in ('Red','Blue')", 'ac'],
  ["Style has t.Style'Wide'", 'c'],
  ["not (Style has t.Style'Italic')", 'c'],
  ["Address/City eq 'Rome'", 'd'],
  ["Address/City ne 'Rome'", 'abcef'],
  ["Address/Inner/City eq 'Bari'", 'd'],
  ['Address ne null', 'df'],
  ['Address eq null', 'abce'],
  ['isof(Address,t.Home)', 'f'],
  ['Address/t.Home/Rooms eq 2', 'f'],
  ['Address/t.Home/Rooms ne null', 'f'],
  ["Address/Tags/any(x:x eq 't')", 'd'],
  ['Words/any()', 'a'],
  ["Words/any(w:w eq 'yy')", 'a'],
  ['Words/all(w:length(w) eq 1)', 'bcdef'],
  ['Words/all(w:length(w) gt 0)', 'abcdef'],
  ['Words/$count eq 2', 'a'],
  ['Words/$count($filter=length($this) eq 1) eq 1', 'a'],
  ['Numbers/any(n:n eq 12345678901234567890.12)', 'c'],
  ['Numbers/any(n:n eq 12345678901234567890.13)', ''],
  ['Numbers/any(n:n lt 0.2)', 'c'],
  ["Addresses/any(x:x/City eq 'Rome')", 'e'],
  ["Addresses/any(x:x/City eq 'Rome' and x/Zip eq null)", ''],
  ['Addresses/any(x:x/t.Home/Rooms eq 3)', 'e'],
  ['Addresses/t.Home/$count eq 1', 'e'],
  ['Addresses/any(x:isof(x,t.Home))', 'e'],
  ["Addresses/any(x:Words/any() or x/City eq 'Oslo')", 'e'],
  ["'x' in Words", 'a'],
  ["Extra1 eq 'dyn'", 'd'],
  ['Extra1 eq 5', 'e'],
  ['Extra1 gt 4', 'e'],
  ['Extra1 eq 2024-01-01', 'f'],
  ['Extra1 lt 2024-06-01', 'f'],
  ['Extra1 gt 2023-06-01T00:00:00Z', ''],
  ['Extra1 ne null', 'def'],
  ['Extra2', 'e'],
  ['Extra2 eq true', 'e'],
  ['D2 gt 1', 'f'],
  ["Address/Dyn eq 'x'", ''],
  ['I add 1 eq 2', 'a'],
  ['I div 0 eq null', 'abcdef'],
  ['D mul 2 eq 0.2', 'a'],
  ['case(I gt 0:true,true:false)', 'ac'],
  ["cast(I,Edm.String) eq '1'", 'a'],
  ["tolower(S) eq 'banana'", 'b'],
  ["S gt 'zzz'", 'f'],
];

/** The same data where the case of ASCII letters is ignored. */
const IGNORING_CASE: readonly (readonly [filter: string, keys: string])[] = [
  ["S eq 'APPLE'", 'a'],
  ["S ne 'APPLE'", 'bcdef'],
  ["S in ('APPLE','x')", 'a'],
  ["contains(S,'NAN')", 'b'],
  ["startswith(S,'bAN')", 'b'],
  ["endswith(S,'RY%')", 'c'],
  ["indexof(S,'PPL') eq 1", 'a'],
  ["S lt 'C'", 'ab'],
  ["S gt 'APPLE'", 'bcf'],
  ["Color eq 'Red'", 'a'],
  ["Words/any(w:w eq 'YY')", 'a'],
  ["matchesPattern(S,'^A')", ''],
];

for (const [name, open] of databases) {
  describe(`conditions on ${name} [OData-URL 5.1.1.1]`, () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await open();
      await database.insert(
        Object.entries(THINGS).map(([key, document]) => ({
          key,
          document: document.replace('{', `{"id":"${key}",`),
          type: key === 'f' ? 't.Special' : 't.Thing',
        })),
      );
      await database.insert([{ key: 'z', space: 'other', document: THINGS['a']! }]);
    });
    afterAll(() => database.close());

    const keys = async (filter: string, ignoreCase = false) => {
      const filtered = plan({ where: where(filter) });
      const rows = await database.read(filtered, { ignoreCase });
      expect(await database.count(filtered, { ignoreCase })).toBe(rows.length);
      return rows.map(({ key }) => key).join('');
    };

    it.each(FILTERS)('%s lets through %s', async (filter, expected) => {
      expect(await keys(filter)).toBe(expected);
    });

    it.each(FILTERS)('%s is the opposite of its negation, null apart', async (filter) => {
      const negation = await keys(`not (${filter})`);
      const neither = await keys(`(${filter}) eq null`);
      const all = [...(await keys(filter)), ...negation, ...neither].sort().join('');
      expect(all).toBe('abcdef');
    });

    it.each(IGNORING_CASE)('%s lets through %s where case is ignored', async (filter, expected) => {
      expect(await keys(filter, true)).toBe(expected);
    });

    it.each([
      ['S', 'deabcf'.replace('ab', 'ba')],
      ['S desc', 'fcabde'],
      ['I', 'defbac'],
      ['I desc', 'cabdef'],
      ['D', 'ebfadc'],
      ['D desc', 'cdafbe'],
      ['F', 'deafcb'],
      ['F desc', 'bcfaed'],
      ['L desc', 'bcadef'],
      ['At', 'cdefab'],
      ['Span', 'defbac'],
      ['Color', 'defabc'],
      ['B desc', 'abcdef'],
      ['Address/City desc', 'dabcef'],
      ['Words/$count desc', 'abcdef'],
      ['length(S)', 'defabc'],
    ])('ordered by %s they are %s', async (term, expected) => {
      const rows = await database.read(plan({ order: order(term) }));
      expect(rows.map(({ key }) => key).join('')).toBe(expected);
    });
  });
}
