import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { onEachDatabase, url } from './technical-service.js';

/** 1 to 3 are the same instant in three offsets; 4 has values within values; 5 has none, 6 the ends of the calendar. */
const THINGS: readonly string[] = [
  '{"Id":1,"Instant":"2024-02-29T23:59:58.1234567Z"}',
  '{"Id":2,"Instant":"2024-03-01T01:59:58.1234567+02:00"}',
  '{"Id":3,"Instant":"2024-02-29T18:29:58.1234567-05:30"}',
  `{"Id":4,"Instants":["2024-01-01T00:30:00Z","2024-01-01T00:30:00+14:00","2023-12-31T20:00:00-08:00"],
    "Place":{"@odata.type":"#technical.Home","Since":"2000-01-01T00:00:00+01:00","Visits":["2000-06-01T12:00:00-03:00"]},
    "Places":[{"City":"Rome"},{"@odata.type":"#technical.Home","Since":"1999-12-31T23:59:00-00:01","Visits":["1999-01-01T00:00:00Z","1999-01-01T01:00:00+05:45"]}]}`,
  '{"Id":5,"Place":{"@odata.type":"#technical.Home","Since":"2024-01-01T00:00:00.123456789012+01:00"}}',
  '{"Id":6,"Instant":"9999-12-31T23:30:00Z","Instants":["0001-01-01T14:00:00+14:00","9999-12-31T09:59:59-14:00"]}',
];

const FILTERS: readonly (readonly [filter: string, things: string])[] = [
  ['totaloffsetminutes(Instant) eq 0', '16'],
  ['totaloffsetminutes(Instant) eq 120', '2'],
  ['totaloffsetminutes(Instant) eq -330', '3'],
  ['totaloffsetminutes(Instant) eq null', '45'],
  ['hour(Instant) eq 18 and minute(Instant) eq 29', '3'],
  ['day(Instant) eq 1 and month(Instant) eq 3 and year(Instant) eq 2024', '2'],
  ['second(Instant) eq 58 and fractionalseconds(Instant) eq 0.1234567', '123'],
  ['date(Instant) eq 2024-02-29', '13'],
  ['time(Instant) eq 18:29:58.1234567', '3'],
  ['cast(Instant,Edm.Date) eq 2024-03-01', '2'],
  ['cast(Instant,Edm.TimeOfDay) eq 18:29:58.1234567', '3'],
  // Comparisons are by instant.
  ['Instant eq 2024-02-29T23:59:58.1234567Z', '123'],
  ['Instant eq 2024-03-01T13:59:58.1234567+14:00', '123'],
  ['Instant in (2024-03-01T13:59:58.1234567+14:00)', '123'],
  // Literals have an offset of their own.
  ['hour(2024-01-01T05:00:00+02:00) eq 5', '123456'],
  ['totaloffsetminutes(2024-01-01T05:00:00-08:00) eq -480 and Id eq 1', '1'],
  ['day(2024-01-01T05:00:00+09:00) eq 1 and totaloffsetminutes(2024-01-01T05:00:00Z) eq 0', '123456'],
  // Within collections and complex values.
  ['Instants/any(i:totaloffsetminutes(i) eq 840)', '46'],
  ['Instants/any(i:year(i) eq 2023)', '4'],
  ['Instants/all(i:totaloffsetminutes(i) ge -480)', '12345'],
  ['Instants/$count($filter=day($this) eq 1) eq 2', '4'],
  ['Instants/any(i:hour(i) eq 14 and year(i) eq 1)', '6'],
  ['hour(Place/technical.Home/Since) eq 0', '45'],
  ['totaloffsetminutes(Place/technical.Home/Since) eq 60', '45'],
  ['Place/technical.Home/Visits/any(v:hour(v) eq 12)', '4'],
  ['Places/any(p:totaloffsetminutes(p/technical.Home/Since) eq -1)', '4'],
  ['Places/technical.Home/any(p:year(p/Since) eq 1999)', '4'],
  ['Places/technical.Home/any(p:p/Visits/any(v:totaloffsetminutes(v) eq 345 and day(v) eq 1))', '4'],
  ['Places/any(p:p/technical.Home/Visits/any(v:totaloffsetminutes(v) eq -180))', ''],
  ['Friend/Id eq 2 and hour(Friend/Instant) eq 1', '1'],
  ['Friends/any(f:totaloffsetminutes(f/Instant) eq -330)', '1'],
  // A duration moves the instant, not the offset.
  ["totaloffsetminutes(Instant add duration'P1D') eq 120", '2'],
  ["hour(Instant sub duration'PT2H') eq 23", '2'],
  ["day(Instant add duration'PT1H') eq 1 and hour(Instant add duration'PT1H') eq 0", '1'],
  ['case(Id eq 2:totaloffsetminutes(Instant),true:0) eq 120', '2'],
  ['hour(case(Id lt 3:Instant,true:2020-01-01T04:00:00+04:00)) eq 1', '2'],
  ['hour(case(Id lt 3:Instant,true:2020-01-01T04:00:00+04:00)) eq 4', '3456'],
  ['totaloffsetminutes(cast(Instant,Edm.DateTimeOffset)) eq -330', '3'],
  ['totaloffsetminutes(now()) eq 0', '123456'],
  // What its own offset takes beyond the year 9999 has no parts there.
  ["year(9999-12-31T23:00:00+02:00 add duration'PT2H') eq null", '123456'],
];

const ORDERS: readonly (readonly [orderby: string, things: string])[] = [
  ['totaloffsetminutes(Instant),Id', '453162'],
  ['date(Instant) desc,Id', '621345'],
  ['Instant,Id', '451236'],
];

const COMPUTED: readonly (readonly [expression: string, thing: number, result: string])[] = [
  ['hour(Instant)', 2, '1'],
  ['date(Instant)', 2, '"2024-03-01"'],
  ['time(Instant)', 3, '"18:29:58.1234567"'],
  ['totaloffsetminutes(Instant)', 3, '-330'],
  ['Instant', 1, '"2024-02-29T23:59:58.1234567Z"'],
  ['Instant', 2, '"2024-03-01T01:59:58.1234567+02:00"'],
  ['Instant', 5, 'null'],
  ["Instant add duration'PT1H'", 3, '"2024-02-29T19:29:58.1234567-05:30"'],
  ['2024-01-01T05:00:00+02:00', 5, '"2024-01-01T05:00:00+02:00"'],
  ["9999-12-31T23:00:00+02:00 add duration'PT2H'", 5, '"9999-12-31T23:00:00Z"'],
  ['fractionalseconds(Place/technical.Home/Since)', 5, '0.123456789012'],
  ['time(Place/technical.Home/Since)', 5, '"00:00:00.123456789012"'],
  ['Place/technical.Home/Since', 4, '"2000-01-01T00:00:00+01:00"'],
];

const APPLIED: readonly (readonly [apply: string, rows: unknown])[] = [
  ['filter(hour(Instant) eq 1)/aggregate($count as n)', [{ n: 1 }]],
  ['compute(hour(Instant) as h)/groupby((h),aggregate($count as n))/filter(h eq 18)', [{ h: 18, n: 1 }]],
  ['filter(Id eq 2)/compute(Instant as i)/compute(hour(i) as h)/aggregate(h with max as m)', [{ m: 1 }]],
  [
    'filter(Id eq 3)/compute(Instant as i)/groupby((Id),aggregate(i with max as m))',
    [{ Id: 3, m: '2024-02-29T23:59:58.1234567Z' }],
  ],
  // Groups and aggregates are of instants.
  [
    'filter(Id le 3)/groupby((Instant),aggregate($count as n))/compute(hour(Instant) as h)',
    [{ Instant: '2024-02-29T23:59:58.1234567Z', n: 3, h: 23 }],
  ],
  [
    'filter(Id eq 2)/aggregate(Instant with min as m)/compute(totaloffsetminutes(m) as o)',
    [{ m: '2024-02-29T23:59:58.1234567Z', o: 0 }],
  ],
];

onEachDatabase('offsets of date-times [OData-URL 5.1.1.8]', (service) => {
  beforeAll(async () => {
    await service.create('Things', ...THINGS);
    const send = (method: string, path: string, id: number) =>
      service.send(method, path, { body: `{"@odata.id":"Things(${String(id)})"}` });
    await send('PUT', 'Things(1)/Friend/$ref', 2);
    await send('POST', 'Things(1)/Friends/$ref', 2);
    await send('POST', 'Things(1)/Friends/$ref', 3);
  });

  const idsOf = async (options: Readonly<Record<string, string>>): Promise<string> => {
    const { status, json, text } = await service.get(url('Things', { ...options, $select: 'Id' }));
    return status === 200 ? json.value.map(({ Id }: { Id: number }) => String(Id)).join('') : text;
  };

  it.each(FILTERS)('%s is true for %s', async (filter, things) => {
    expect(await idsOf({ $filter: filter })).toBe(things);
  });

  it.each(ORDERS)('%s orders %s', async (orderby, things) => {
    expect(await idsOf({ $orderby: orderby })).toBe(things);
  });

  it.each(COMPUTED)('%s of %s is %s', async (expression, thing, result) => {
    const { text } = await service.get(
      url(`Things(${String(thing)})`, { $compute: `${expression} as c`, $select: 'c' }),
    );
    expect(/"c":(.*?)\}/.exec(text)?.[1] ?? text).toBe(result);
  });

  it('of computed properties are those of what they were computed from', async () => {
    const compute = "Instant add duration'PT1H' as j";
    const filter = 'totaloffsetminutes(j) eq 120 and hour(j) eq 2';
    const { json } = await service.get(url('Things', { $compute: compute, $filter: filter, $select: 'Id,j' }));
    expect(json.value).toMatchObject([{ Id: 2, j: '2024-03-01T02:59:58.1234567+02:00' }]);
  });

  it.each(APPLIED)('%s', async (apply, rows) => {
    const { status, json, text } = await service.get(url('Things', { $apply: apply }));
    const plain = (row: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('@')));
    expect([status, status === 200 ? json.value.map(plain) : text]).toEqual([200, rows]);
  });

  it('changes with the value', async () => {
    await service.create('Things', '{"Id":9,"Instant":"2024-01-01T00:00:00+01:00"}');
    const hours = async () =>
      (await service.get(url('Things(9)', { $compute: 'hour(Instant) as h', $select: 'h' }))).json.h;
    expect(await hours()).toBe(0);
    await service.send('PATCH', 'Things(9)', { body: '{"Name":"x"}' });
    expect(await hours()).toBe(0);
    await service.send('PATCH', 'Things(9)', { body: '{"Instant":"2024-01-01T05:00:00Z"}' });
    expect(await hours()).toBe(5);
    await service.send('PATCH', 'Things(9)', { body: '{"Instant":"2024-01-01T05:00:00-07:00"}' });
    expect(await hours()).toBe(5);
    await service.send('DELETE', 'Things(9)');
  });

  describe('for any value', () => {
    const twoDigits = (number: number) => String(number).padStart(2, '0');
    const sent = fc
      .record({
        at: fc.date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }),
        offset: fc.integer({ min: -840, max: 840 }),
      })
      .map(({ at, offset }) => {
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const local = at.toISOString().slice(0, 23);
        return { local, offset, text: `${local}${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}` };
      });

    it('the parts are those of the text that was sent, as a property, an item and a literal', async () => {
      await fc.assert(
        fc.asyncProperty(sent, async ({ local, offset, text }) => {
          await service.send('PUT', 'Things(20)', { body: `{"Instant":"${text}","Instants":["${text}"]}` });
          const parts = (at: string) =>
            [
              `year(${at}) eq ${String(Number(local.slice(0, 4)))}`,
              `month(${at}) eq ${String(Number(local.slice(5, 7)))}`,
              `day(${at}) eq ${String(Number(local.slice(8, 10)))}`,
              `hour(${at}) eq ${String(Number(local.slice(11, 13)))}`,
              `minute(${at}) eq ${String(Number(local.slice(14, 16)))}`,
              `second(${at}) eq ${String(Number(local.slice(17, 19)))}`,
              `date(${at}) eq ${local.slice(0, 10)}`,
              `time(${at}) eq ${local.slice(11)}`,
              `totaloffsetminutes(${at}) eq ${String(offset)}`,
            ].join(' and ');
          const filter = `Id eq 20 and Instant eq ${text} and ${parts('Instant')} and Instants/any(i:${parts('i')}) and ${parts(text)}`;
          expect([text, await idsOf({ $filter: filter })]).toEqual([text, '20']);
        }),
        { numRuns: 40 },
      );
    });
  });
});
