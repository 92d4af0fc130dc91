import { describe, expect, it } from '@jest/globals';

import type { Client, Row } from './client.js';

const MEMBERS: Readonly<Record<string, number>> = { None: 0, InStock: 1, OnSale: 2, Discontinued: 4, Featured: 8 };

function statusOf({ Status }: Row): number {
  return String(Status)
    .split(',')
    .reduce((sum, name) => sum + MEMBERS[name]!, 0);
}

function secondsOf(duration: string | null): number {
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration ?? '') ?? [];
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return duration === null ? NaN : sign === undefined ? total : -total;
}

const HOLD: readonly (readonly [string, (row: Row) => unknown])[] = [
  // Members of an enumeration by their numbers.
  ['Status eq 1', (row) => statusOf(row) === 1],
  ['Status ne 4', (row) => statusOf(row) !== 4],
  ['Status gt 4', (row) => statusOf(row) > 4],
  ['Status lt 9', (row) => statusOf(row) < 9],
  ["Status has ComplianceService.ProductStatus'OnSale'", (row) => (statusOf(row) & 2) === 2],
  // Literals of single precision, and those that are no numbers.
  ['Weight eq 3.14f', ({ Weight }) => Weight === 3.14],
  ['Weight eq 1.5e2f', ({ Weight }) => Weight === 150],
  ['Weight eq 0.0f', ({ Weight }) => Weight === 0],
  ['Weight lt INF', () => true],
  ['Price gt -INF', () => true],
  ['Price eq NaN', () => false],
  ["isof(Rating,'Edm.Byte')", () => true],
  ["cast(Quantity,'Edm.Int32') gt 300", ({ Quantity }) => Quantity > 300],
  ["isof('ComplianceService.SpecialProduct')", ({ ProductType }) => ProductType === 'SpecialProduct'],
  ['isof(ComplianceService.SpecialProduct)', ({ ProductType }) => ProductType === 'SpecialProduct'],
  // Arithmetic.
  ['Quantity div 7 eq 171', ({ Quantity }) => Math.trunc(Quantity / 7) === 171],
  ['Quantity div 3 eq -66', ({ Quantity }) => Math.trunc(Quantity / 3) === -66],
  ['Quantity mod 3 eq -2', ({ Quantity }) => Quantity % 3 === -2],
  ['(Price div 3) mul 3 eq Price', ({ Price }) => (Price / 3) * 3 === Price],
  ['Quantity divby 7 gt 42.8', ({ Quantity }) => Quantity / 7 > 42.8],
  // Texts.
  ["contains(Name,'')", () => true],
  ["contains(Name,'%')", ({ Name }) => String(Name).includes('%')],
  ["startswith(Name,'_')", ({ Name }) => String(Name).startsWith('_')],
  ["endswith(Name,'\\')", ({ Name }) => String(Name).endsWith('\\')],
  ["contains(Name,'laptop')", ({ Name }) => String(Name).includes('laptop')],
  ["substring(Name,100) eq ''", () => true],
  ["matchesPattern(Name,'^[A-Z][a-z]+$')", ({ Name }) => /^[A-Z][a-z]+$/.test(Name as string)],
  ["matchesPattern(Name,'Laptop|Mouse')", ({ Name }) => /Laptop|Mouse/.test(Name as string)],
  ["Name in ('Laptop','Coffee Mug')", ({ Name }) => ['Laptop', 'Coffee Mug'].includes(Name as string)],
  // Bytes, times and durations.
  ["Data eq binary'AQID'", ({ Data }) => Data === 'AQID'],
  ["Data eq binary'dGVzdA=='", ({ Data }) => Data === 'dGVzdA'],
  ['OpenTime ge 09:30:00', ({ OpenTime }) => OpenTime !== null && OpenTime >= '09:30:00'],
  ['year(ReleaseDate) eq 2024', ({ ReleaseDate }) => String(ReleaseDate).startsWith('2024')],
  ["ShippingTime gt duration'PT24H'", ({ ShippingTime }) => secondsOf(ShippingTime) > 86_400],
  ["ProcessingTime eq duration'PT1.5S'", ({ ProcessingTime }) => secondsOf(ProcessingTime) === 1.5],
  ["Offset lt duration'P0D'", ({ Offset }) => secondsOf(Offset) < 0],
  // What is within, and what is not there.
  ["ShippingAddress/City eq 'Seattle'", ({ ShippingAddress }) => ShippingAddress?.City === 'Seattle'],
  ['ShippingAddress eq null', ({ ShippingAddress }) => ShippingAddress === null],
  ['Dimensions/Length gt 12', ({ Dimensions }) => Dimensions?.Length > 12],
  ['ReleaseDate ne null', ({ ReleaseDate }) => ReleaseDate !== null],
];

const REFUSED: readonly string[] = [
  'Name eq 1',
  'Name eq 2024-01-15',
  "Price lt 'x'",
  'Name in (1,2)',
  'year(Name) eq 1',
  'ShippingAddress gt null',
  "Descriptions/LanguageKey eq 'EN'",
  "substring(Name,-1) eq 'x'",
  'Price gt @missing',
  'Price gt 100;Name eq 1',
  'ID eq not-a-guid',
  "Data eq binary'!!!'",
  "ShippingTime eq duration'1D'",
  'matchesPattern(Name)',
  'geo.unknown(Location) lt 1',
  'geo.distance(Location) lt 1',
  "isof('ComplianceService.Nothing')",
  '',
];

/** Section 5: values, and what `$filter` makes of them. */
export function values(client: Client): void {
  describe('5 Values and $filter', () => {
    it.each(HOLD)('%s', (filter, predicate) => client.holds(filter, predicate));

    it.each(['100% off', 'a_b', 'a\\b', "O'Neil", 'A&B', 'a+b', 'a;b=c', 'Ünïcødé 产品 😀'])(
      'finds the text %s, and takes no sign in it for more than it is',
      async (name) => {
        await client.created({ Name: name });
        for (const test of ['Name eq {}', 'contains(Name,{})', 'startswith(Name,{})', 'endswith(Name,{})'])
          await client.holds(test.replace('{}', `'${name.replaceAll("'", "''")}'`), ({ Name }) => Name === name);
      },
    );

    it.each(REFUSED)('refuses %j', async (filter) => {
      const { status, json } = await client.get(`/Products?$filter=${encodeURIComponent(filter)}`);
      expect([status, json.error.message]).toEqual([400, expect.stringMatching(/invalid \$filter/i)]);
    });

    it.each(['9223372036854775808', '-9223372036854775809'])('knows no integer %s', async (literal) => {
      expect((await client.get(`/MediaItems?$filter=Size eq ${literal}`)).status).toBe(400);
    });

    it('names the path that leads nowhere', async () => {
      const { json } = await client.get("/Products?$filter=ShippingAddress/Unknown eq 'x'");
      expect(json.error.message).toContain('ShippingAddress/Unknown');
    });

    it.each(['Descriptions/LanguageKey', 'Descriptions', 'ShippingAddress', 'Nothing'])(
      'does not sort by %s',
      async (path) => {
        expect((await client.get(`/Products?$orderby=${path}`)).status).toBe(400);
      },
    );

    it('gives all rows or none where it divides by zero', async () => {
      expect([0, 7]).toContain((await client.rows('/Products?$filter=Price divby 0 gt 0')).length);
    });

    it('writes values in their own forms', async () => {
      for (const row of await client.rows('/Products')) {
        expect(row['Status']).toMatch(/^\w+(,\w+)*$/);
        if (row['OpenTime'] !== null) expect(row['OpenTime']).toMatch(/^\d\d:\d\d:\d\d$/);
        if (row['Data'] !== null) expect(row['Data']).toMatch(/^[\w-]*$/);
        if (row['Offset'] !== null) expect(secondsOf(row['Offset'])).not.toBeNaN();
        expect(row['CreatedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      }
    });

    it('answers with bytes in base64url without padding, whatever was sent', async () => {
      expect((await client.created({ Data: 'AQIDBA==' }))['Data']).toBe('AQIDBA');
    });

    it.each([
      ['Rating', 0, 255],
      ['Temperature', -128, 127],
      ['Quantity', -32_768, 32_767],
    ])('keeps %s within its range', async (name, least, most) => {
      for (const value of [least, most]) expect((await client.created({ [name]: value }))[name]).toBe(value);
      for (const value of [least - 1, most + 1, 'abc'])
        expect((await client.send('POST', '/Products', { Name: 'a', Price: 1, [name]: value })).status).toBe(400);
    });
  });
}
