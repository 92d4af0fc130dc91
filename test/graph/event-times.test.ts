import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { timeZoneNamed } from '../../src/graph/calendar/time-zones.js';
import { onEachDatabase, ROOT } from './directory-service.js';

/* oxlint-disable typescript/no-explicit-any */

const PACIFIC = 'Pacific Standard Time';
const at = (dateTime: string, timeZone: string) => ({ dateTime, timeZone });
const prefer = (zone: string) => ({ prefer: `outlook.timezone="${zone}"` });
const times = ({ start, end }: any) => ({ start, end });

onEachDatabase('times of events in the zone that a client prefers [Graph: Get event]', (service) => {
  let user = '';
  let number = 0;
  const create = async (start: object, end: object = start, more: object = {}) => {
    const { id } = await service.create(`${user}/events`, { subject: 'event', start, end, ...more });
    return `${user}/events/${id}`;
  };
  const newUser = async () => {
    user = `users/${(await service.create('users', { userPrincipalName: `${String(++number)}@contoso.com` })).id}`;
  };
  beforeAll(newUser);
  afterAll(() => expect(service.faults).toEqual([]));

  it('are in UTC where it prefers none', async () => {
    const event = await create(at('2024-07-01T12:00:00', PACIFIC), at('2024-07-01T23:30', 'Europe/Berlin'));
    const { headers, json } = await service.get(event);
    expect(json).toMatchObject({
      start: at('2024-07-01T19:00:00.0000000', 'UTC'),
      end: at('2024-07-01T21:30:00.0000000', 'UTC'),
      originalStartTimeZone: PACIFIC,
      originalEndTimeZone: 'Europe/Berlin',
    });
    expect(headers.get('Preference-Applied')).toBeUndefined();
  });

  it('are in the zone that they were given in where they have just been created', async () => {
    const given = at('2019-03-10T12:00:00', PACIFIC);
    const { status, json } = await service.post(`${user}/events`, { start: given, end: given });
    expect([status, times(json)]).toEqual([
      201,
      times({ start: at('2019-03-10T12:00:00.0000000', PACIFIC), end: at('2019-03-10T12:00:00.0000000', PACIFIC) }),
    ]);
    const tokyo = await service.send('POST', `${user}/events`, {
      json: { start: given },
      headers: prefer('Asia/Tokyo'),
    });
    expect(tokyo.json.start).toEqual(at('2019-03-11T04:00:00.0000000', 'Asia/Tokyo'));
    expect(tokyo.headers.get('Preference-Applied')).toContain('outlook.timezone="Asia/Tokyo"');
  });

  it.each([
    [PACIFIC, '2024-07-01T05:00:00.1230000'],
    ['pacific standard time', '2024-07-01T05:00:00.1230000'],
    ['America/Los_Angeles', '2024-07-01T05:00:00.1230000'],
    ['Eastern Standard Time', '2024-07-01T08:00:00.1230000'],
    ['Europe/Berlin', '2024-07-01T14:00:00.1230000'],
    ['India Standard Time', '2024-07-01T17:30:00.1230000'],
    ['Asia/Kathmandu', '2024-07-01T17:45:00.1230000'],
    ['Dateline Standard Time', '2024-07-01T00:00:00.1230000'],
    ['UTC', '2024-07-01T12:00:00.1230000'],
    ['tzone://Microsoft/Utc', '2024-07-01T12:00:00.1230000'],
  ])('are in %s', async (zone, dateTime) => {
    await newUser();
    const event = await create(at('2024-07-01T12:00:00.123', 'UTC'));
    const [, key] = event.split('/events/');
    const view = 'calendarView?startDateTime=2024-07-01&endDateTime=2024-07-02';
    const shown = at(dateTime, zone);
    for (const [url, found] of [
      [event, (json: any) => json.start],
      [`${event}?$select=start`, (json: any) => json.start],
      [`${event}/start`, ({ '@odata.context': _, ...json }: any) => json],
      [`${user}/events`, (json: any) => json.value[0].end],
      [`${user}/${view}`, (json: any) => json.value[0].start],
      [`${user}/${view.replace('?', '/delta?')}`, (json: any) => json.value[0].start],
      [`${user}/events?$apply=filter(subject eq 'event')`, (json: any) => json.value[0].start],
    ] as const) {
      const { status, json, headers } = await service.get(url, prefer(zone));
      expect([url, status, found(json)]).toEqual([url, 200, shown]);
      expect(headers.get('Preference-Applied')).toBe(`outlook.timezone="${zone}"`);
    }
    expect((await service.get(`${event}/start/dateTime`, prefer(zone))).json.value).toBe(dateTime);
    expect((await service.get(`${event}/start/dateTime/$value`, prefer(zone))).text).toBe(dateTime);
    const expanded = await service.get(`${user}/calendar?$expand=events`, prefer(zone));
    expect(expanded.json.events[0].start).toEqual(shown);
    const changed = await service.send('PATCH', event, { json: { subject: 'event' }, headers: prefer(zone) });
    expect(changed.json.start).toEqual(shown);
    expect(changed.json.id).toBe(key);
    expect((await service.get(event)).json.start).toEqual(at('2024-07-01T12:00:00.1230000', 'UTC'));
  });

  it('are those of occurrences too, each by the clock of the series', async () => {
    await newUser();
    const range = { type: 'noEnd', startDate: '2024-03-09', endDate: '0001-01-01', numberOfOccurrences: 0 };
    const pattern = { type: 'daily', interval: 1, dayOfMonth: 0, month: 0 };
    const series = await create(at('2024-03-09T09:00:00', PACIFIC), at('2024-03-09T10:00:00', PACIFIC), {
      recurrence: { pattern, range: { ...range, recurrenceTimeZone: '' } },
    });
    const url = `${series}/instances?startDateTime=2024-03-09&endDateTime=2024-03-12`;
    const starts = async (zone: string) =>
      (await service.get(url, prefer(zone))).json.value.map(({ start }: any) => start.dateTime.slice(5, 13));
    expect(await starts(PACIFIC)).toEqual(['03-09T09', '03-10T09', '03-11T09']);
    expect(await starts('UTC')).toEqual(['03-09T17', '03-10T16', '03-11T16']);
    const [, id] = series.split('/events/');
    const one = await service.get(`${user}/events/OID.${id}.2024-03-10`, prefer(PACIFIC));
    expect(times(one.json)).toEqual({
      start: at('2024-03-10T09:00:00.0000000', PACIFIC),
      end: at('2024-03-10T10:00:00.0000000', PACIFIC),
    });
    await service.send('PATCH', series, { json: { start: at('2024-03-09T18:00:00', 'UTC') } });
    expect(await starts(PACIFIC)).toEqual(['03-09T10', '03-10T10', '03-11T10']);
  });

  it('are compared and ordered by what they mean', async () => {
    await newUser();
    await create(at('2024-07-01T09:00:00', 'Tokyo Standard Time'), undefined, { subject: 'first' });
    await create(at('2024-07-01T09:00:00', PACIFIC), undefined, { subject: 'third' });
    await create(at('2024-07-01T09:00:00', 'UTC'), undefined, { subject: 'second' });
    await service.seed(`${user}/events/seeded`, { subject: 'fourth', start: at('2024-07-01T10:00:00', PACIFIC) });
    const subjects = async (query: string) =>
      (await service.get(`${user}/events?${query}`)).json.value.map(({ subject }: any) => subject);
    expect(await subjects('$orderby=start/dateTime')).toEqual(['first', 'second', 'third', 'fourth']);
    expect(await subjects("$filter=start/dateTime ge '2024-07-01T09:00'&$orderby=start/dateTime desc")).toEqual([
      'fourth',
      'third',
      'second',
    ]);
    expect(await subjects("$filter=start/timeZone eq 'UTC'")).toHaveLength(4);
  });

  it('stay what was sent where they are no times that are known', async () => {
    for (const start of [at('2024-07-01T12:00:00', 'Mars Standard Time'), at('soon', 'UTC'), at('2024-02-30', 'UTC')]) {
      const event = await create(start);
      for (const headers of [{}, prefer(PACIFIC)])
        expect((await service.get(event, headers)).json.start).toEqual(start);
    }
    const { json } = await service.get(await create(at('0001-01-01T00:00:00', 'UTC')), prefer(PACIFIC));
    expect(json.start.timeZone).toBe(PACIFIC);
  });

  it('change in parts, and by their own path', async () => {
    const event = await create(at('2024-07-01T12:00:00', PACIFIC));
    await service.send('PATCH', event, { json: { start: { dateTime: '2024-07-01T20:00:00' } } });
    expect((await service.get(event)).json.start).toEqual(at('2024-07-01T20:00:00.0000000', 'UTC'));
    const { status } = await service.send('PUT', `${event}/start`, {
      json: at('2024-07-01T12:30:00', 'Europe/Berlin'),
    });
    expect(status).toBeLessThan(300);
    expect((await service.get(event)).json).toMatchObject({
      start: at('2024-07-01T10:30:00.0000000', 'UTC'),
      originalStartTimeZone: 'Europe/Berlin',
    });
    await service.send('PATCH', event, { json: { start: null } });
    expect((await service.get(event, prefer(PACIFIC))).json.start).toBeNull();
  });

  it('are asked for with other preferences', async () => {
    await newUser();
    const event = await create(at('2024-07-01T12:00:00', 'UTC'));
    const header = 'outlook.timezone="Asia/Tokyo", odata.maxpagesize=5, IdType="ImmutableId"';
    const { json, headers } = await service.get(`${user}/events`, { prefer: header });
    expect(json.value.at(-1).start.timeZone).toBe('Asia/Tokyo');
    expect(headers.get('Preference-Applied')).toBe('odata.maxpagesize=5, outlook.timezone="Asia/Tokyo"');
    expect((await service.get(`${user}?$select=id`, prefer('Asia/Tokyo'))).headers.has('Preference-Applied')).toBe(
      false,
    );
    expect(
      (await service.send('DELETE', event, { headers: prefer('Asia/Tokyo') })).headers.has('Preference-Applied'),
    ).toBe(false);
  });

  it.each([
    'Mars Standard Time',
    '',
    '+01:00',
    '-08:00',
    '12',
    "'UTC'",
    'UTC\\"',
    'a'.repeat(10_000),
    'Ünknown',
    '${x}',
  ])('are refused in a zone that nobody knows: %.20s', async (zone) => {
    const { status, json } = await service.get(`${user}/events`, prefer(zone));
    expect([status, json.error.target]).toEqual([400, 'Prefer']);
    const batch = await service.post('$batch', {
      requests: [{ id: '1', method: 'GET', url: `/${user}/events`, headers: prefer(zone) }],
    });
    expect(batch.json.responses[0].status).toBe(400);
  });

  it('are the same instants in any zone', async () => {
    const zone = fc.constantFrom(
      PACIFIC,
      'Asia/Tokyo',
      'UTC',
      'Europe/London',
      'Australia/Lord_Howe',
      'Nepal Standard Time',
    );
    const wall = fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(wall, zone, zone, async (date, given, asked) => {
        const dateTime = date.toISOString().slice(0, 19);
        const event = await create(at(dateTime, given));
        const { json } = await service.get(event, prefer(asked));
        expect(json.start.timeZone).toBe(asked);
        const instant = timeZoneNamed(given)!.instantOf(Date.parse(`${dateTime}Z`));
        expect(Date.parse(`${json.start.dateTime}Z`)).toBe(timeZoneNamed(asked)!.wallAt(instant));
      }),
      { numRuns: 15 },
    );
  });

  describe('and what is read of them can be sent back', () => {
    it('without changing anything', async () => {
      const event = await create(at('2024-07-01T12:00:00', PACIFIC));
      const before = (await service.get(event)).json;
      for (const zone of ['Asia/Tokyo', PACIFIC]) {
        const { start, end } = (await service.get(event, prefer(zone))).json;
        expect((await service.send('PATCH', event, { json: { start, end } })).status).toBe(200);
      }
      const after = (await service.get(event)).json;
      expect(times(after)).toEqual(times(before));
      expect(after['@odata.context']).toBe(`${ROOT}/$metadata#${user.replace(/\/(.*)/, "('$1')")}/events/$entity`);
    });
  });
});
