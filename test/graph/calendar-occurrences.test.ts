import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { onEachDatabase, ROOT } from './directory-service.js';

/* oxlint-disable typescript/no-explicit-any */

const JANUARY = 'startDateTime=2024-01-01T00:00:00Z&endDateTime=2024-02-01T00:00:00Z';
const daily = { type: 'daily', interval: 1, dayOfMonth: 0, month: 0 };
const every = (interval: number) => ({ ...daily, interval });

const at = (dateTime: string, timeZone = 'UTC') => ({ dateTime, timeZone });
const hour = (subject: string, day: string, from = 9) => ({
  subject,
  start: at(`${day}T${String(from).padStart(2, '0')}:00:00.0000000`),
  end: at(`${day}T${String(from + 1).padStart(2, '0')}:00:00.0000000`),
});
const series = (startDate: string, numberOfOccurrences: number, pattern: object = daily) => ({
  ...hour('series', startDate),
  recurrence: {
    pattern,
    range: { type: 'numbered', startDate, numberOfOccurrences, recurrenceTimeZone: '' },
  },
});

onEachDatabase('single occurrences of a series [Graph: Get event, Update event, Delete event]', (service) => {
  let number = 0;
  let user = '';
  let id = '';
  const occurrence = (day: string) => `OID.${id}.2024-01-${day}`;
  const path = (day: string) => `${user}/events/${occurrence(day)}`;
  const patch = (url: string, json: object, headers: Readonly<Record<string, string>> = {}) =>
    service.send('PATCH', url, { json, headers });
  const shown = async (url = `${user}/events/${id}/instances?${JANUARY}`): Promise<unknown[]> => {
    const { status, json, text } = await service.get(url);
    expect([status, text]).toEqual([200, text]);
    return json.value.map((each: any) => [each.type, each.subject, each.start.dateTime.slice(8, 13)]);
  };
  /** A series of a user who has no other events. */
  const newSeries = async (event: object = series('2024-01-01', 4)): Promise<void> => {
    const { id: key } = await service.create('users', { userPrincipalName: `${String(++number)}@contoso.com` });
    user = `users/${key}`;
    ({ id } = await service.create(`${user}/events`, event));
  };

  afterAll(() => expect(service.faults).toEqual([]));

  describe('are read', () => {
    beforeAll(async () => {
      await newSeries();
      await service.create(`${user}/events/${id}/attachments`, { name: 'agenda.txt' });
    });

    it('by the ids that views show, wherever events are', async () => {
      const { json } = await service.get(`${user}/calendarView?${JANUARY}`);
      const members = json.value.filter((each: any) => each.seriesMasterId === id);
      expect(members).toHaveLength(4);
      for (const member of members) {
        for (const url of [
          `${user}/events/${member.id}`,
          `${user}/events('${member.id}')`,
          `${user}/calendar/events/${member.id}`,
          `${user}/calendars/calendar/events/${member.id}`,
          `${user}/calendarView/${member.id}`,
          `${user}/calendar/calendarView/${member.id}`,
          `${user}/events/${id}/instances/${member.id}`,
          `${user}/Events/${encodeURIComponent(member.id).replaceAll('.', '%2E')}`,
        ]) {
          const { status, json: found } = await service.get(url);
          const { '@odata.context': context, ...alone } = found;
          expect([url, status, alone]).toEqual([url, 200, member]);
          expect(context).toMatch(/\/\$entity$/);
        }
      }
      const { '@odata.context': context } = (await service.get(path('02'))).json;
      expect(context).toBe(`${ROOT}/$metadata#users('${user.slice(6)}')/events/$entity`);
    });

    it('with options, and with what hangs on the series', async () => {
      const [attachment] = (await service.get(`${user}/events/${id}/attachments`)).json.value;
      const { json } = await service.get(`${path('02')}?$select=subject,start&$expand=attachments($select=name)`);
      expect(json).toMatchObject({ subject: 'series', start: at('2024-01-02T09:00:00.0000000') });
      expect(json.attachments).toEqual([{ name: 'agenda.txt' }]);
      expect(json).not.toHaveProperty('end');
      expect((await service.get(`${path('02')}?$compute=length(subject) as n&$select=n`)).json.n).toBe(6);
      const below = await service.get(`${path('02')}/attachments?$filter=name eq 'agenda.txt'&$count=true`);
      expect(below.json).toMatchObject({ '@odata.count': 1, value: [{ id: attachment.id }] });
      for (const url of [
        path('02'),
        `${user}/events('${occurrence('02')}')`,
        `${user}/events/${id}/instances/${occurrence('02')}`,
      ])
        expect((await service.get(`${url}/attachments/${attachment.id}`)).json.name).toBe('agenda.txt');
      expect((await service.get(`${path('02')}/attachments/$count`)).text).toBe('1');
      expect((await service.get(`${path('02')}/subject`)).json.value).toBe('series');
      expect((await service.get(`${path('02')}/subject/$value`)).text).toBe('series');
      expect((await service.get(`${path('02')}/start?$select=dateTime`)).json.dateTime).toBe(
        '2024-01-02T09:00:00.0000000',
      );
      expect((await service.get(`${path('02')}?$filter=subject eq 'a'`)).status).toBe(400);
      expect((await service.get(`${path('02')}?$expand=nothing`)).status).toBe(400);
      expect((await service.send('HEAD', path('02'))).status).toBe(200);
      expect((await service.send('DELETE', `${path('02')}/attachments/${attachment.id}`)).status).toBe(405);
      const expanded = await service.get(
        `${user}/events/${id}/instances?${JANUARY}&$expand=attachments&$filter=attachments/any(a:a/name eq 'agenda.txt')&$top=2`,
      );
      expect(expanded.json.value.map((each: any) => [each.id, each.attachments.length])).toEqual([
        [occurrence('01'), 1],
        [occurrence('02'), 1],
      ]);
    });

    it('where there are such', async () => {
      for (const each of [
        occurrence('05'),
        `OID.${id}.2023-12-31`,
        `OID.${id}.2024-01-32`,
        `OID.${id}.2024-02-30`,
        `OID.${id}.9999-12-31`,
        `OID.${id}.0000-00-00`,
        `OID.${id}`,
        `OID.other.2024-01-02`,
        `OID.OID.${id}.2024-01-02.2024-01-02`,
        `OID..2024-01-02`,
        'OID',
        `${occurrence('02')}x`,
        `oid.${id}.2024-01-02`,
      ]) {
        expect([each, (await service.get(`${user}/events/${each}`)).status]).toEqual([each, 404]);
        expect((await patch(`${user}/events/${each}`, { subject: 'a' })).status).toBe(404);
        expect((await service.send('DELETE', `${user}/events/${each}`)).status).toBe(404);
        expect((await service.get(`${user}/events/${each}/attachments`)).status).toBe(404);
      }
      const single = (await service.create(`${user}/events`, hour('single', '2024-01-02'))).id;
      expect((await service.get(`${user}/events/OID.${single}.2024-01-02`)).status).toBe(404);
      expect((await service.get(`${user}/messages/${occurrence('02')}`)).status).toBeGreaterThanOrEqual(400);
      await service.send('DELETE', `${user}/events/${single}`);
    });
  });

  describe('are changed', () => {
    it('among the events, and not among the instances', async () => {
      await newSeries();
      for (const name of ['instances', 'exceptionOccurrences'])
        for (const method of ['PATCH', 'DELETE']) {
          const url = `${user}/events/${id}/${name}/${occurrence('02')}`;
          expect([name, (await service.send(method, url, { json: {} })).status]).toEqual([name, 405]);
        }
      for (const url of ['events', 'calendar/events', 'calendarView'])
        expect((await patch(`${user}/${url}/${occurrence('02')}`, { subject: url })).json.subject).toBe(url);
      expect((await service.send('DELETE', `${user}/calendar/events/${occurrence('02')}`)).status).toBe(204);
    });

    it('by themselves, and are exceptions then', async () => {
      await newSeries();
      const before = await service.get(path('02'));
      const { status, json } = await patch(path('02'), hour('moved', '2024-01-02', 15));
      expect([status, json]).toEqual([200, expect.objectContaining({ type: 'exception', id: occurrence('02') })]);
      expect(json).toMatchObject({ seriesMasterId: id, originalStart: '2024-01-02T09:00:00Z', recurrence: null });
      expect(before.json).toMatchObject({ type: 'occurrence', originalStart: '2024-01-02T09:00:00Z' });
      const expected = [
        ['occurrence', 'series', '01T09'],
        ['exception', 'moved', '02T15'],
        ['occurrence', 'series', '03T09'],
        ['occurrence', 'series', '04T09'],
      ];
      for (const url of [`events/${id}/instances`, 'calendarView', 'calendar/calendarView'])
        expect(await shown(`${user}/${url}?${JANUARY}`)).toEqual(expected);
      expect((await service.get(path('02'))).json.subject).toBe('moved');
      expect(await service.ids(`${user}/events`)).toEqual([id]);
      const whole = await service.get(`${user}/events/${id}?$expand=exceptionOccurrences($select=id)`);
      expect(whole.json.exceptionOccurrences).toEqual([{ id: occurrence('02') }]);
      await patch(`${user}/events/${id}`, { subject: 'all' });
      expect(await shown()).toEqual([
        ['occurrence', 'all', '01T09'],
        ['exception', 'moved', '02T15'],
        ['occurrence', 'all', '03T09'],
        ['occurrence', 'all', '04T09'],
      ]);
      await service.send('DELETE', `${user}/events/${id}`);
      expect(await shown(`${user}/calendarView?${JANUARY}`)).toEqual([]);
      expect((await service.get(path('02'))).status).toBe(404);
    });

    it('under conditions', async () => {
      await newSeries();
      const { '@odata.etag': etag } = (await service.get(`${path('02')}?$select=subject`)).json;
      const tag = etag ?? 'W/"c1"';
      expect((await patch(path('02'), { subject: 'no' }, { 'if-match': 'W/"99"' })).status).toBe(412);
      expect((await shown()).filter(([type]: any) => type === 'exception')).toEqual([]);
      expect((await patch(path('02'), { subject: 'once' }, { 'if-match': tag })).status).toBe(200);
      expect((await patch(path('02'), { subject: 'twice' }, { 'if-match': tag })).status).toBe(412);
      expect((await service.get(path('02'))).json.subject).toBe('once');
    });

    it('no further than the next one, and nothing of it where that is refused', async () => {
      await newSeries(series('2024-01-01', 4, every(3)));
      const all = await shown();
      for (const day of ['01', '07', '08', '20']) {
        const { status, json } = await patch(path('04'), hour('moved', `2024-01-${day}`));
        expect([status, json.error.code]).toEqual([400, 'ErrorOccurrenceCrossingBoundary']);
      }
      const { recurrence } = series('2024-01-01', 2);
      expect((await patch(path('04'), { recurrence })).json.error.target).toBe('recurrence');
      for (const json of [{ subject: 1 }, { id: 'other' }, { start: null, end: 5 }])
        expect((await patch(path('04'), json)).status).toBe(400);
      expect(await shown()).toEqual(all);
      for (const day of ['02', '06', '04'])
        expect((await patch(path('04'), hour('moved', `2024-01-${day}`))).status).toBe(200);
    });

    it('by what is put below them', async () => {
      await newSeries();
      const { id: attachment } = await service.create(`${path('03')}/attachments`, { name: 'only here.txt' });
      expect((await service.get(path('03'))).json.type).toBe('exception');
      expect((await service.get(`${path('03')}/attachments/${attachment}`)).json.name).toBe('only here.txt');
      expect((await service.get(`${path('02')}/attachments`)).json.value).toEqual([]);
      expect(await shown()).toHaveLength(4);
    });

    it('by several at the same time', async () => {
      await newSeries();
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((subject) => patch(path('02'), { subject })));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(await shown()).toHaveLength(4);
    });
  });

  describe('are cancelled', () => {
    it('by deleting them, exceptions too', async () => {
      await newSeries();
      await patch(path('03'), { subject: 'changed' });
      for (const day of ['02', '03']) {
        expect((await service.send('DELETE', path(day))).status).toBe(204);
        expect((await service.get(path(day))).status).toBe(404);
        expect((await service.send('DELETE', path(day))).status).toBe(404);
      }
      const rest = [
        ['occurrence', 'series', '01T09'],
        ['occurrence', 'series', '04T09'],
      ];
      expect(await shown()).toEqual(rest);
      expect((await service.get(`${user}/events/${id}`)).json.cancelledOccurrences).toEqual([
        occurrence('02'),
        occurrence('03'),
      ]);
    });

    it('under conditions', async () => {
      await newSeries();
      expect((await service.send('DELETE', path('02'), { headers: { 'if-match': 'W/"99"' } })).status).toBe(412);
      expect(await shown()).toHaveLength(4);
      expect((await service.send('DELETE', path('02'), { headers: { 'if-match': '*' } })).status).toBe(204);
      expect(await shown()).toHaveLength(3);
    });

    it('each of them where several go at the same time', async () => {
      await newSeries();
      const answers = await Promise.all(['01', '02', '03', '04'].map((day) => service.send('DELETE', path(day))));
      expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
      expect(await shown()).toEqual([]);
    });
  });

  it('are told as changes', async () => {
    await newSeries();
    const begin = await service.get(`${user}/calendarView/delta?${JANUARY}`);
    await patch(path('02'), { subject: 'changed' });
    await service.send('DELETE', path('03'));
    const next = await service.get(String(begin.json['@odata.deltaLink']).replace(`${ROOT}/`, ''));
    const told = next.json.value.map((each: any) => [each.id, each['@removed']?.reason ?? each.subject]);
    expect(told).toEqual(
      expect.arrayContaining([
        [occurrence('02'), 'changed'],
        [occurrence('03'), 'deleted'],
      ]),
    );
  });

  it('are found by batches, bound operations and references to them', async () => {
    await newSeries();
    const { json } = await service.post('$batch', {
      requests: [
        { id: '1', method: 'GET', url: `/${path('02')}?$select=subject` },
        {
          id: '2',
          method: 'PATCH',
          url: `/${path('02')}`,
          headers: { 'Content-Type': 'application/json' },
          body: { subject: 'b' },
        },
        { id: '3', method: 'GET', url: `/${path('02')}/attachments` },
      ],
    });
    expect(json.responses.map(({ status }: any) => status).toSorted()).toEqual([200, 200, 200]);
  });

  it('are, one by one, what views show', async () => {
    const day = fc.integer({ min: 1, max: 12 }).map((each) => String(each).padStart(2, '0'));
    const step = fc.record({ kind: fc.constantFrom('rename', 'delete', 'shift'), day });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 8 }), async (interval, steps) => {
        await newSeries(series('2024-01-01', 4, every(interval)));
        const model = new Map<string, string>();
        for (let index = 0; index < 4; index++) model.set(String(1 + index * interval).padStart(2, '0'), 'series@09');
        for (const { kind, day: each } of steps) {
          const present = model.get(each);
          const start = present?.slice(-2) ?? '09';
          const { status } =
            kind === 'delete'
              ? await service.send('DELETE', path(each))
              : await patch(
                  path(each),
                  kind === 'rename' ? { subject: 'changed' } : hour('shifted', `2024-01-${each}`, 11),
                );
          expect(status).toBe(present === undefined ? 404 : kind === 'delete' ? 204 : 200);
          if (present === undefined) continue;
          if (kind === 'delete') model.delete(each);
          else model.set(each, kind === 'rename' ? `changed@${start}` : 'shifted@11');
        }
        const { json } = await service.get(`${user}/events/${id}/instances?${JANUARY}`);
        const found = json.value.map((each: any) => [
          each.start.dateTime.slice(8, 10),
          `${each.subject}@${each.start.dateTime.slice(11, 13)}`,
        ]);
        expect(new Map(found)).toEqual(model);
        expect(found).toHaveLength(model.size);
        for (const each of json.value) {
          const { '@odata.context': _, ...alone } = (await service.get(`${user}/events/${each.id}`)).json;
          expect(alone).toEqual(each);
        }
      }),
      { numRuns: 10 },
    );
  });
});
