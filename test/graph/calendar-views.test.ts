import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT } from './directory-service.js';

const ADA = 'users/ada';
const JANUARY = 'startDateTime=2024-01-01T00:00:00Z&endDateTime=2024-02-01T00:00:00Z';

const at = (dateTime: string, timeZone = 'UTC') => ({ dateTime, timeZone });
const hour = (subject: string, day: string, from = 9, timeZone = 'UTC') => ({
  subject,
  start: at(`${day}T${String(from).padStart(2, '0')}:00:00.0000000`, timeZone),
  end: at(`${day}T${String(from + 1).padStart(2, '0')}:00:00.0000000`, timeZone),
});
const daily = { type: 'daily', interval: 1, dayOfMonth: 0, month: 0 };
const range = (members: object) => ({ numberOfOccurrences: 0, recurrenceTimeZone: '', ...members });
const noEnd = (startDate: string) => range({ type: 'noEnd', startDate, endDate: '0001-01-01' });
const times = (startDate: string, numberOfOccurrences: number) =>
  range({ type: 'numbered', startDate, numberOfOccurrences });

onEachDatabase('views of calendars [Graph: List calendarView, List instances]', (service) => {
  const shown = async (url: string): Promise<[string, string][]> => {
    const { status, json, text } = await service.get(url);
    expect([status, text]).toEqual([200, text]);
    return json.value.map((each: any) => [each.subject, each.start?.dateTime.slice(0, 16)]); // oxlint-disable-line typescript/no-explicit-any
  };
  let number = 0;
  /** A calendar with nothing in it. */
  const newCalendar = async (): Promise<string> => {
    const { id } = await service.create(`${ADA}/calendars`, { name: `Calendar ${String(++number)}` });
    return `${ADA}/calendars/${id}`;
  };
  const refusal = async (url: string): Promise<unknown[]> => {
    const { status, json } = await service.get(url);
    return [status, json.error.target ?? json.error.message];
  };

  beforeAll(async () => {
    await service.create('users', { id: 'ada', userPrincipalName: 'ada@contoso.com' });
    await service.create('groups', { id: 'team', displayName: 'Team' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  describe('need a time', () => {
    it.each([
      ['', 'startDateTime'],
      ['?startDateTime=2024-01-01', 'endDateTime'],
      ['?endDateTime=2024-01-01', 'startDateTime'],
      ['?startDateTime=yesterday&endDateTime=2024-01-01', 'startDateTime'],
      ['?startDateTime=2024-01-01&endDateTime=2024-13-01', 'endDateTime'],
      ['?startDateTime=2024-02-30&endDateTime=2024-03-01', 'startDateTime'],
      ['?startDateTime=2024-01-01T24:00:00Z&endDateTime=2024-03-01', 'startDateTime'],
      ['?startDateTime=2024-01-02&endDateTime=2024-01-01', 'endDateTime'],
      ['?startDateTime=&endDateTime=2024-01-01', 'startDateTime'],
    ])('refused: %j', async (query, target) => {
      for (const path of [`${ADA}/calendarView`, `${ADA}/calendar/calendarView/$count`, 'groups/team/calendarView'])
        expect(await refusal(path + query)).toEqual([400, target]);
    });

    it('by names in any case, with or without an offset', async () => {
      const calendar = await newCalendar();
      await service.create(`${calendar}/events`, hour('nine', '2024-01-10'));
      const view = (from: string, to: string) =>
        shown(`${calendar}/calendarView?startdatetime=${from}&ENDDATETIME=${to}`);
      const nine = [['nine', '2024-01-10T09:00']];
      expect(await view('2024-01-10T09:30:00.0000000', '2024-01-10T09:40')).toEqual(nine);
      expect(await view('2024-01-10T01:30:00-08:00', '2024-01-10T09:40Z')).toEqual(nine);
      expect(await view('2024-01-10T10:30:00%2B01:00', '2024-01-10T10:40:00+01:00')).toEqual(nine);
      expect(await view('2024-01-10T10:00:00Z', '2024-01-10T12:00:00Z')).toEqual([]);
      expect(await view('2024-01-10T08:00:00Z', '2024-01-10T09:00:00Z')).toEqual([]);
    });

    it('and somebody who has a calendar', async () => {
      expect((await service.get(`users/nobody/calendarView?${JANUARY}`)).status).toBe(404);
      expect((await service.get(`${ADA}/calendars/none/calendarView?${JANUARY}`)).status).toBe(404);
      expect((await service.get(`${ADA}/events/none/instances?${JANUARY}`)).status).toBe(404);
      await service.create('users', { id: 'new' });
      expect(await shown(`users/new/calendarView?${JANUARY}`)).toEqual([]);
      expect((await service.get(`users/new/calendar/calendarView/$count?${JANUARY}`)).text).toBe('0');
    });
  });

  describe('show single events', () => {
    it('of the calendar, by when they begin', async () => {
      await service.create(`${ADA}/events`, hour('late', '2024-01-20'));
      await service.create(`${ADA}/calendar/events`, hour('early', '2024-01-02'));
      await service.create(`${ADA}/events`, hour('last year', '2023-12-31'));
      const other = await newCalendar();
      await service.create(`${other}/events`, hour('other', '2024-01-03'));
      const own = [
        ['early', '2024-01-02T09:00'],
        ['late', '2024-01-20T09:00'],
      ];
      for (const path of ['calendarView', 'calendar/calendarView'])
        expect(await shown(`${ADA}/${path}?${JANUARY}`)).toEqual(own);
      expect(await shown(`users/ada@contoso.com/calendarView?${JANUARY}`)).toEqual(own);
      expect(await shown(`${other}/calendarView?${JANUARY}`)).toEqual([['other', '2024-01-03T09:00']]);
    });

    it('of groups', async () => {
      await service.create('groups/team/events', hour('meeting', '2024-01-05'));
      for (const path of ['calendarView', 'calendar/calendarView'])
        expect(await shown(`groups/team/${path}?${JANUARY}`)).toEqual([['meeting', '2024-01-05T09:00']]);
    });

    it('in the time zones that they name', async () => {
      const calendar = await newCalendar();
      await service.create(`${calendar}/events`, hour('Seattle', '2024-01-31', 17, 'Pacific Standard Time'));
      await service.create(`${calendar}/events`, hour('Tokyo', '2024-01-01', 8, 'Asia/Tokyo'));
      expect(await shown(`${calendar}/calendarView?${JANUARY}`)).toEqual([]);
      await service.create(`${calendar}/events`, hour('Seattle 2', '2024-01-31', 15, 'pacific standard time'));
      await service.create(`${calendar}/events`, hour('Tokyo 2', '2024-01-01', 9, 'Tokyo Standard Time'));
      expect(await shown(`${calendar}/calendarView?${JANUARY}`)).toEqual([
        ['Tokyo 2', '2024-01-01T00:00'],
        ['Seattle 2', '2024-01-31T23:00'],
      ]);
    });

    it('that say no time, and are refused where a time is not understood', async () => {
      const calendar = await newCalendar();
      await service.create(`${calendar}/events`, { subject: 'whenever' });
      expect(await shown(`${calendar}/calendarView?${JANUARY}`)).toEqual([['whenever', undefined]]);
      const { id } = await service.create(`${calendar}/events`, hour('Mars', '2024-01-05', 9, 'Mars Standard Time'));
      const { status, json } = await service.get(`${calendar}/calendarView?${JANUARY}`);
      expect([status, json.error.message]).toEqual([501, expect.stringContaining(id)]);
    });

    it('with what can be said of any collection', async () => {
      const calendar = await newCalendar();
      for (const day of ['03', '01', '02', '05', '04'])
        await service.create(`${calendar}/events`, hour(`day ${day}`, `2024-01-${day}`));
      const view = `${calendar}/calendarView?${JANUARY}`;
      const { json } = await service.get(
        `${view}&$select=subject&$filter=subject gt 'day 02'&$orderby=subject desc&$count=true`,
      );
      expect(json['@odata.count']).toBe(3);
      expect(json.value.map(({ subject }: { subject: string }) => subject)).toEqual(['day 05', 'day 04', 'day 03']);
      expect(json.value[0]).not.toHaveProperty('start');
      expect((await service.get(`${calendar}/calendarView/$count?${JANUARY}`)).text).toBe('5');

      const first = await service.get(`${view}&$top=2&$skip=1`);
      expect(first.json.value.map(({ subject }: { subject: string }) => subject)).toEqual(['day 02', 'day 03']);
      const next = String(first.json['@odata.nextLink']);
      expect(next).toContain('startDateTime=2024-01-01T00:00:00Z');
      expect(await shown(next.slice(ROOT.length + 1))).toEqual([
        ['day 04', '2024-01-04T09:00'],
        ['day 05', '2024-01-05T09:00'],
      ]);
      expect((await service.get(`${view}&$expand=attachments`)).status).toBe(200);
    });

    it('by their own ids, to be read and changed', async () => {
      const calendar = await newCalendar();
      const { id } = await service.create(`${calendar}/events`, hour('one', '2024-01-01'));
      expect((await service.get(`${calendar}/calendarView/${id}`)).json.subject).toBe('one');
      expect((await service.get(`${ADA}/calendarView/${id}`)).status).toBe(404);
      expect((await service.send('PATCH', `${calendar}/calendarView/${id}`, { json: { subject: 'two' } })).status).toBe(
        200,
      );
      expect(await shown(`${calendar}/calendarView?${JANUARY}`)).toEqual([['two', '2024-01-01T09:00']]);
    });

    it('that a seed puts into a view', async () => {
      await service.seed('users/seeded/calendarView/e1', hour('seeded', '2024-01-07'));
      expect(await shown(`users/seeded/calendarView?${JANUARY}`)).toEqual([['seeded', '2024-01-07T09:00']]);
      expect((await service.get('users/seeded/events/e1')).json.subject).toBe('seeded');
    });

    it('which are seeded among all events too, by the default calendar', async () => {
      await service.seed('users/holder/events/e1', hour('by itself', '2024-01-07'));
      await service.seed('users/holder/events/e1', hour('once more', '2024-01-07'));
      await service.seed('users/holder/calendars/other/events/e2', hour('elsewhere', '2024-01-08'));
      await service.seed('groups/holder/events/e1', hour('of a group', '2024-01-07'));
      expect(await shown(`users/holder/calendarView?${JANUARY}`)).toEqual([['once more', '2024-01-07T09:00']]);
      expect(await service.ids('users/holder/calendar/events')).toEqual(['e1']);
      expect(await service.ids('users/holder/events')).toEqual(['e1', 'e2']);
      expect(await shown(`groups/holder/calendarView?${JANUARY}`)).toEqual([['of a group', '2024-01-07T09:00']]);
      expect((await service.get('users/holder/calendar')).json.name).toBe('Calendar');
    });
  });

  describe('show series as their occurrences', () => {
    const series = async (recurrence: object, event: object = hour('series', '2024-01-01')) => {
      const calendar = await newCalendar();
      const { id } = await service.create(`${calendar}/events`, { ...event, recurrence });
      return { calendar, id };
    };
    const days = async (url: string): Promise<string[]> => (await shown(url)).map(([, start]) => start.slice(5, 10));

    it('which are like the series but for their time', async () => {
      const { calendar, id } = await series({ pattern: daily, range: times('2024-01-01', 3) });
      await service.create(`${ADA}/events/${id}/attachments`, { name: 'a.txt' });
      const { json } = await service.get(`${calendar}/calendarView?${JANUARY}`);
      expect(json.value).toHaveLength(3);
      expect(json.value[1]).toMatchObject({
        id: `OID.${id}.2024-01-02`,
        subject: 'series',
        type: 'occurrence',
        seriesMasterId: id,
        recurrence: null,
        originalStart: '2024-01-02T09:00:00Z',
        start: at('2024-01-02T09:00:00.0000000'),
        end: at('2024-01-02T10:00:00.0000000'),
      });
      expect((await service.get(`${calendar}/calendarView?${JANUARY}`)).json).toEqual(json);
      expect(await days(`${ADA}/events/${id}/instances?${JANUARY}`)).toEqual(['01-01', '01-02', '01-03']);
      expect(await days(`${calendar}/events/${id}/instances?${JANUARY}&$orderby=originalStart desc&$top=2`)).toEqual([
        '01-03',
        '01-02',
      ]);
      expect(
        (await service.get(`${ADA}/events/${id}/instances/$count?${JANUARY}&$filter=type eq 'occurrence'`)).text,
      ).toBe('3');
      for (const [option, count] of [
        ['$filter=attachments/any()', 3],
        ['$filter=not (Attachments/$count eq 0)', 3],
        ['$filter=@p eq 2&@p=attachments/$count', 0],
        ["$filter=attachments/$count eq 1 and start/dateTime gt '2024-01-02'", 2],
        ['$orderby=attachments/$count desc', 3],
        ['$compute=attachments/$count as n&$select=n', 3],
      ] as const)
        expect([
          option,
          (await service.get(`${calendar}/calendarView?${JANUARY}&${option}`)).json.value.length,
        ]).toEqual([option, count]);
      for (const [transformations, rows] of [
        // The occurrences have one attachment in common.
        ['aggregate(attachments/$count as n)', [{ n: 1 }]],
        ['groupby((type),aggregate($count as n))', [{ type: 'occurrence', n: 3 }]],
        ["filter(start/dateTime gt '2024-01-02')/aggregate($count as n)", [{ n: 2 }]],
      ] as const) {
        const { status, json: found } = await service.get(
          `${calendar}/calendarView?${JANUARY}&$apply=${transformations}`,
        );
        expect([transformations, status, found.value]).toMatchObject([transformations, 200, rows]);
      }
      const kept = await service.get(`${calendar}/calendarView?${JANUARY}&$apply=filter(startswith(subject,'s'))`);
      expect(kept.json.value).toEqual(json.value);
      expect(await shown(`${calendar}/calendarView?${JANUARY}&$filter=contains(subject,'attachments')`)).toEqual([]);
    });

    it('that overlap with the time alone, page by page', async () => {
      const { calendar } = await series({ pattern: daily, range: noEnd('2024-01-01') });
      const week = 'startDateTime=2024-03-04T09:30:00Z&endDateTime=2024-03-11T09:00:00Z';
      const all = ['03-04', '03-05', '03-06', '03-07', '03-08', '03-09', '03-10'];
      expect(await days(`${calendar}/calendarView?${week}`)).toEqual(all);
      const pages: string[] = [];
      let url: string | undefined = `${calendar}/calendarView?${week}&$top=3&$count=true`;
      while (url !== undefined) {
        const { json } = await service.get(url);
        expect(json['@odata.count']).toBe(7);
        pages.push(...json.value.map((each: { originalStart: string }) => each.originalStart.slice(5, 10)));
        url = json['@odata.nextLink']?.slice(ROOT.length + 1);
      }
      expect(pages).toEqual(all);
    });

    it('which an event becomes by its recurrence', async () => {
      const calendar = await newCalendar();
      const { id, type } = await service.create(`${calendar}/events`, hour('event', '2024-01-02'));
      const change = async (recurrence: object | null) =>
        (await service.send('PATCH', `${ADA}/events/${id}`, { json: { recurrence } })).json.type;
      expect(type).toBe('singleInstance');
      expect(await change({ pattern: daily, range: times('2024-01-02', 2) })).toBe('seriesMaster');
      expect(await days(`${calendar}/calendarView?${JANUARY}`)).toEqual(['01-02', '01-03']);
      expect(await change(null)).toBe('singleInstance');
      expect(await days(`${calendar}/calendarView?${JANUARY}`)).toEqual(['01-02']);
    });

    it('between other events, and not the series itself', async () => {
      const { calendar } = await series({ pattern: { ...daily, interval: 2 }, range: times('2024-01-01', 2) });
      await service.create(`${calendar}/events`, hour('single', '2024-01-02'));
      expect(await shown(`${calendar}/calendarView?${JANUARY}`)).toEqual([
        ['series', '2024-01-01T09:00'],
        ['single', '2024-01-02T09:00'],
        ['series', '2024-01-03T09:00'],
      ]);
    });

    it('at the same time of the day when clocks change', async () => {
      const event = hour('series', '2024-03-09', 9, 'Eastern Standard Time');
      const { calendar } = await series({ pattern: daily, range: times('2024-03-09', 2) }, event);
      const { json } = await service.get(`${calendar}/calendarView?startDateTime=2024-03-01&endDateTime=2024-04-01`);
      expect(json.value).toMatchObject([
        { start: { dateTime: '2024-03-09T14:00:00.0000000' }, originalStart: '2024-03-09T14:00:00Z' },
        { start: { dateTime: '2024-03-10T13:00:00.0000000' }, originalStart: '2024-03-10T13:00:00Z' },
      ]);
    });

    it('on days of the zone that the recurrence names', async () => {
      const event = hour('series', '2024-03-08', 2); // the evening before, in New York
      const zoned = range({
        type: 'numbered',
        startDate: '2024-03-07',
        numberOfOccurrences: 4,
        recurrenceTimeZone: 'Eastern Standard Time',
      });
      const { calendar } = await series({ pattern: daily, range: zoned }, event);
      expect(await shown(`${calendar}/calendarView?startDateTime=2024-03-01&endDateTime=2024-04-01`)).toEqual([
        ['series', '2024-03-08T02:00'],
        ['series', '2024-03-09T02:00'],
        ['series', '2024-03-10T02:00'],
        ['series', '2024-03-11T01:00'],
      ]);
    });

    it('but for those that have been cancelled or stand for themselves', async () => {
      const { calendar, id } = await series({ pattern: daily, range: times('2024-01-01', 5) });
      const exception = { ...hour('moved', '2024-01-09'), type: 'exception', seriesMasterId: id };
      await service.create(`${calendar}/events`, { ...exception, originalStart: '2024-01-02T09:00:00Z' });
      await service.send('PATCH', `${ADA}/events/${id}`, { json: { cancelledOccurrences: [`OID.${id}.2024-01-04`] } });
      const rest = [
        ['series', '2024-01-01T09:00'],
        ['series', '2024-01-03T09:00'],
        ['series', '2024-01-05T09:00'],
        ['moved', '2024-01-09T09:00'],
      ];
      expect(await shown(`${calendar}/calendarView?${JANUARY}`)).toEqual(rest);
      expect(await shown(`${ADA}/events/${id}/instances?${JANUARY}`)).toEqual(rest);
    });

    it('and instances that were seeded with it', async () => {
      await service.seed('users/seeded/events/s1', {
        ...hour('series', '2024-01-01'),
        recurrence: { pattern: daily, range: times('2024-01-01', 2) },
      });
      await service.seed('users/seeded/events/s1/instances/i1', {
        ...hour('seeded', '2024-01-02', 15),
        seriesMasterId: 's1',
      });
      expect(await shown(`users/seeded/events/s1/instances?${JANUARY}`)).toEqual([
        ['series', '2024-01-01T09:00'],
        ['seeded', '2024-01-02T15:00'],
      ]);
    });

    it('of which single events have none', async () => {
      const calendar = await newCalendar();
      const { id } = await service.create(`${calendar}/events`, hour('single', '2024-01-02'));
      expect(await shown(`${calendar}/events/${id}/instances?${JANUARY}`)).toEqual([]);
    });

    it.each([
      ['no pattern', { range: noEnd('2024-01-01') }],
      ['no range', { pattern: daily }],
      ['no interval', { pattern: { ...daily, interval: 0 }, range: noEnd('2024-01-01') }],
      ['no days', { pattern: { ...daily, type: 'weekly' }, range: noEnd('2024-01-01') }],
      ['no day of the month', { pattern: { ...daily, type: 'absoluteMonthly' }, range: noEnd('2024-01-01') }],
      ['no month', { pattern: { ...daily, type: 'absoluteYearly', dayOfMonth: 1 }, range: noEnd('2024-01-01') }],
      [
        'a wrong index',
        {
          pattern: { ...daily, type: 'relativeMonthly', daysOfWeek: ['monday'], index: 'fifth' },
          range: noEnd('2024-01-01'),
        },
      ],
      ['no number', { pattern: daily, range: times('2024-01-01', 0) }],
      ['no end', { pattern: daily, range: range({ type: 'endDate', startDate: '2024-01-01' }) }],
      ['a zone that nobody knows', { pattern: daily, range: range({ type: 'noEnd', recurrenceTimeZone: 'Nowhere' }) }],
    ])('unless the recurrence has %s', async (_, recurrence) => {
      const { calendar } = await series(recurrence);
      expect((await service.get(`${calendar}/calendarView?${JANUARY}`)).status).toBe(501);
    });

    it('as many as an answer can have', async () => {
      const { calendar } = await series({ pattern: daily, range: noEnd('2024-01-01') });
      const view = `${calendar}/calendarView?startDateTime=0001-01-01&endDateTime=9999-12-31T23:59:59Z`;
      expect(await refusal(view)).toEqual([400, 'endDateTime']);
      const far = `${calendar}/calendarView?startDateTime=9999-12-30&endDateTime=9999-12-31`;
      expect(await shown(far)).toEqual([['series', '9999-12-30T09:00']]);
    });
  });

  describe('are views', () => {
    it('and nothing is written to them', async () => {
      for (const path of [`${ADA}/calendarView?${JANUARY}`, `${ADA}/calendar/calendarView`])
        expect((await service.post(path, { subject: 'no' })).status).toBe(405);
    });

    it('and none of all that can be expanded', async () => {
      for (const url of [`${ADA}?$expand=*`, `${ADA}/calendars?$expand=*`, `${ADA}/events?$expand=*`]) {
        const { status, text } = await service.get(url);
        expect([status, text]).toEqual([200, expect.not.stringMatching(/"(calendarView|instances)"/)]);
      }
    });

    it('and not within other queries', async () => {
      for (const url of [
        `${ADA}?$expand=calendarView`,
        `${ADA}/calendars?$expand=calendarView`,
        `${ADA}/events?$expand=instances`,
        `${ADA}/events?$filter=instances/$count gt 0`,
      ])
        expect((await service.get(url)).status).toBe(501);
    });
  });
});
