import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { loadModel, writeCsdlJson, writeXml } from '../../src/csdl/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { createService } from '../../src/service.js';
import { openStore, type Store } from '../../src/store/index.js';
import { answerOf, type Answer } from '../service-answers.js';
import { temporaryDirectory } from '../store/temporary-directory.js';
import { onEachDatabase, ROOT } from './directory-service.js';

/* oxlint-disable typescript/no-explicit-any */

const JANUARY = 'startDateTime=2024-01-01T00:00:00Z&endDateTime=2024-02-01T00:00:00Z';
const daily = { type: 'daily', interval: 1, dayOfMonth: 0, month: 0 };
const weekly = { type: 'weekly', interval: 1, dayOfMonth: 0, month: 0, daysOfWeek: ['monday', 'thursday'] };

const at = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
const hour = (subject: string, day: string) => ({
  subject,
  start: at(`${day}T09:00:00.0000000`),
  end: at(`${day}T10:00:00.0000000`),
});
const series = (subject: string, startDate: string, numberOfOccurrences: number, pattern: object = daily) => ({
  ...hour(subject, startDate),
  recurrence: {
    pattern,
    range: { type: 'numbered', startDate, numberOfOccurrences, recurrenceTimeZone: '' },
  },
});

interface Round {
  readonly pages: readonly Answer[];
  readonly members: readonly any[];
  readonly deltaLink: string;
}

type Get = (url: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

/** All pages of a round; something may happen between two of them. */
async function follow(get: Get, url: string, size?: number, between?: () => Promise<void>): Promise<Round> {
  const pages: Answer[] = [];
  let next: string | undefined = url;
  let deltaLink = '';
  while (next !== undefined) {
    if (pages.length > 0) await between?.();
    const page = await get(
      next.replace(`${ROOT}/`, ''),
      size === undefined ? {} : { prefer: `odata.maxpagesize=${String(size)}` },
    );
    expect([page.status, page.text]).toEqual([200, page.text]);
    pages.push(page);
    next = page.json['@odata.nextLink'];
    deltaLink = page.json['@odata.deltaLink'];
    expect([next, deltaLink].filter((link) => link !== undefined)).toHaveLength(1);
  }
  return { pages, members: pages.flatMap(({ json }) => json.value), deltaLink };
}

/** What a client has that does as it is told. */
function apply(known: Map<string, any>, members: readonly any[]): void {
  for (const member of members)
    if (member['@removed'] === undefined) known.set(member.id, member);
    else known.delete(member.id);
}

const withoutContext = (members: readonly any[]) => new Map(members.map((each) => [each.id, each]));

onEachDatabase('changes of what calendars show [Graph: event: delta]', (service) => {
  let number = 0;
  const newUser = async (): Promise<string> => {
    const id = `user${String(++number)}`;
    await service.create('users', { id, userPrincipalName: `${id}@contoso.com` });
    return `users/${id}`;
  };
  const told = ({ members }: Round) =>
    members.map((each) => (each['@removed'] === undefined ? [each.subject, each.start.dateTime.slice(0, 10)] : each));
  const round = (url: string, size?: number) => follow(service.get, url, size);

  afterAll(() => expect(service.faults).toEqual([]));

  it('begin with all of it, in pages', async () => {
    const user = await newUser();
    await service.create(`${user}/events`, hour('single', '2024-01-02'));
    await service.create(`${user}/events`, hour('later', '2024-02-02'));
    await service.create(`${user}/events`, series('series', '2024-01-01', 3));
    const expected = [
      ['series', '2024-01-01'],
      ['single', '2024-01-02'],
      ['series', '2024-01-02'],
      ['series', '2024-01-03'],
    ];
    for (const path of ['calendarView', 'calendar/calendarView', 'calendars/calendar/calendarView']) {
      const first = await round(`${user}/${path}/delta?${JANUARY}`, 3);
      expect(told(first)).toEqual(expect.arrayContaining(expected));
      expect(first.members).toHaveLength(4);
      expect(first.pages.map(({ json }) => json.value.length)).toEqual([3, 1]);
      expect(first.pages[0]!.headers.get('Preference-Applied')).toContain('odata.maxpagesize=3');
      expect(first.pages[0]!.json['@odata.nextLink']).toContain('$skiptoken=');
      expect(first.deltaLink).toContain('$deltatoken=');
      expect(first.pages[0]!.json['@odata.context']).toMatch(/\$metadata#Collection\(event\)$/);
      const { json } = await service.get(`${user}/${path}?${JANUARY}`);
      expect(first.members).toEqual(json.value);
      expect((await round(first.deltaLink)).members).toEqual([]);
    }
  });

  it('of groups too, and not where the schema says that there are none', async () => {
    await service.create('groups', { id: 'team', displayName: 'Team' });
    const { id } = await service.create('groups/team/events', series('series', '2024-01-01', 2));
    for (const path of ['groups/team/calendarView', 'groups/team/calendar/calendarView'])
      expect((await round(`${path}/delta?${JANUARY}`)).members).toHaveLength(2);
    for (const name of ['instances', 'exceptionOccurrences'])
      expect((await service.get(`groups/team/events/${id}/${name}/delta?${JANUARY}`)).status).toBe(400);
  });

  it('tell what has come, changed, gone, or left the time', async () => {
    const user = await newUser();
    const [changed, gone, moved, coming] = await Promise.all(
      [hour('a', '2024-01-03'), hour('b', '2024-01-04'), hour('c', '2024-01-05'), hour('d', '2024-03-01')].map(
        (event) => service.create(`${user}/events`, event),
      ),
    );
    const first = await round(`${user}/calendarView/delta?${JANUARY}`);
    const change = (id: string, json: object) => service.send('PATCH', `${user}/events/${id}`, { json });
    await change(changed.id, { subject: 'changed' });
    await service.send('DELETE', `${user}/events/${gone.id}`);
    await change(moved.id, hour('c', '2024-03-02'));
    await change(coming.id, hour('d', '2024-01-06'));
    await service.create(`${user}/events`, hour('e', '2024-01-01'));
    await service.create(`${user}/events`, hour('f', '2024-03-01'));
    const second = await round(first.deltaLink);
    const removed = (id: string) => ({ id, '@removed': { reason: 'deleted' } });
    expect(told(second).slice(0, 3)).toEqual([
      ['e', '2024-01-01'],
      ['changed', '2024-01-03'],
      ['d', '2024-01-06'],
    ]);
    expect(second.members.slice(3)).toEqual(expect.arrayContaining([removed(gone.id), removed(moved.id)]));
    expect(second.members).toHaveLength(5);
    expect((await round(second.deltaLink)).members).toEqual([]);
    // A link may be followed again.
    expect((await round(first.deltaLink)).members).toEqual(second.members);
  });

  it('tell which occurrences a series has lost', async () => {
    const user = await newUser();
    const { id } = await service.create(`${user}/events`, series('series', '2024-01-01', 4));
    const first = await round(`${user}/calendarView/delta?${JANUARY}`);
    const { recurrence } = series('series', '2024-01-01', 2, weekly);
    await service.send('PATCH', `${user}/events/${id}`, { json: { recurrence } });
    const second = await round(first.deltaLink);
    const occurrence = (day: string) => `OID.${id}.2024-01-0${day}`;
    expect(second.members.map((each) => [each.id, each['@removed']?.reason])).toEqual([
      [occurrence('1'), undefined],
      [occurrence('4'), undefined],
      [occurrence('2'), 'deleted'],
      [occurrence('3'), 'deleted'],
    ]);
    await service.send('DELETE', `${user}/events/${id}`);
    const third = await round(second.deltaLink, 1);
    expect(third.members).toEqual(
      ['1', '4'].map((day) => ({ id: occurrence(day), '@removed': { reason: 'deleted' } })),
    );
    expect(third.pages).toHaveLength(2);
  });

  it('begin at the present where that is asked for', async () => {
    const user = await newUser();
    await service.create(`${user}/events`, hour('before', '2024-01-03'));
    const now = await round(`${user}/calendarView/delta?${JANUARY}&$deltatoken=latest`);
    expect(now.members).toEqual([]);
    await service.create(`${user}/events`, hour('after', '2024-01-04'));
    expect(told(await round(now.deltaLink))).toEqual([['after', '2024-01-04']]);
  });

  it('are no more than the events of the calendar that is asked', async () => {
    const user = await newUser();
    const { id } = await service.create(`${user}/calendars`, { name: 'other' });
    const first = await round(`${user}/calendars/${id}/calendarView/delta?${JANUARY}`);
    await service.create(`${user}/events`, hour('elsewhere', '2024-01-04'));
    expect((await round(first.deltaLink)).members).toEqual([]);
    await service.create(`${user}/calendars/${id}/events`, hour('here', '2024-01-04'));
    expect(told(await round(first.deltaLink))).toEqual([['here', '2024-01-04']]);
  });

  describe('are refused', () => {
    let view: string;
    beforeAll(async () => {
      const user = await newUser();
      view = `${user}/calendarView/delta`;
      for (const day of ['1', '2', '3']) await service.create(`${user}/events`, hour(day, `2024-01-0${day}`));
    });

    it.each([
      ['', 'startDateTime'],
      ['?startDateTime=2024-01-01', 'endDateTime'],
      ['?startDateTime=2024-02-01&endDateTime=2024-01-01', 'endDateTime'],
      [`?${JANUARY}&$select=subject`, '$select'],
      [`?${JANUARY}&$expand=attachments`, '$expand'],
      [`?${JANUARY}&$filter=subject eq 'a'`, '$filter'],
      [`?${JANUARY}&$orderby=subject`, '$orderby'],
      [`?${JANUARY}&$search="a"`, '$search'],
      [`?${JANUARY}&$count=true`, '$count'],
      [`?${JANUARY}&$skip=1`, '$skip'],
      [`?${JANUARY}&$apply=identity`, '$apply'],
      [`?${JANUARY}&$top=-1`, '$top'],
      [`?${JANUARY}&$top=100000`, '$top'],
      [`?${JANUARY}&$deltatoken=`, undefined],
      [`?${JANUARY}&$deltatoken=nonsense`, '$deltatoken'],
      [`?${JANUARY}&$skiptoken=nonsense`, '$deltatoken'],
      [`?${JANUARY}&$skiptoken=a&$deltatoken=b`, '$deltatoken'],
    ])('%s', async (query, target) => {
      const { status, json } = await service.get(view + query);
      expect(status).toBe(400);
      if (target !== undefined) expect(json.error.target).toBe(target);
    });

    it('by tokens of other requests, and altered ones', async () => {
      const [page] = (await round(`${view}?${JANUARY}`, 2)).pages;
      const { deltaLink } = await round(`${view}?${JANUARY}`);
      const links = [String(page!.json['@odata.nextLink']), deltaLink].map((link) => link.replace(`${ROOT}/`, ''));
      for (const link of links) {
        expect((await service.get(link)).status).toBe(200);
        const altered = [
          link.replace('2024-02-01', '2024-02-02'),
          `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`,
          link.replace(/token=~(.)/, (_, first: string) => `token=~${first === 'A' ? 'B' : 'A'}`),
          link.replace('/calendarView/', '/calendar/calendarView/'),
          `${link}${'A'.repeat(100)}`,
        ];
        for (const each of altered) expect([each, (await service.get(each)).status]).toEqual([each, 400]);
      }
      const token = /token=(~[^&]+)/.exec(deltaLink)![1]!;
      expect(
        (await service.get(`${view.replace('calendarView', 'events')}?${JANUARY}&$deltatoken=${token}`)).status,
      ).toBe(400);
    });

    it('with other methods', async () => {
      for (const method of ['POST', 'PATCH', 'DELETE'])
        expect((await service.send(method, `${view}?${JANUARY}`, { json: {} })).status).toBe(405);
    });

    it('below what is not there', async () => {
      expect((await service.get(`users/nobody/calendarView/delta?${JANUARY}`)).status).toBe(404);
    });
  });

  it('make of what a client knows what the calendar shows, whatever happens', async () => {
    const day = fc
      .integer({ min: 1, max: 40 })
      .map((each) => new Date(Date.UTC(2023, 11, 20 + each)).toISOString().slice(0, 10));
    const step = fc.oneof(
      fc.record({ kind: fc.constant('single' as const), day }),
      fc.record({
        kind: fc.constant('series' as const),
        day,
        times: fc.integer({ min: 1, max: 8 }),
        isDaily: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('move' as const), which: fc.nat(), day }),
      fc.record({ kind: fc.constant('rename' as const), which: fc.nat(), day }),
      fc.record({
        kind: fc.constant('repeat' as const),
        which: fc.nat(),
        day,
        times: fc.integer({ min: 1, max: 8 }),
        isDaily: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(), day }),
      fc.record({ kind: fc.constant('delete' as const), which: fc.nat(), day }),
    );
    const rounds = fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 5 }),
        before: fc.array(step, { maxLength: 4 }),
        during: fc.array(step, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(rounds, async (script) => {
        const user = await newUser();
        const ids: string[] = [];
        const perform = async (each: typeof step extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
          const pattern = 'isDaily' in each && each.isDaily ? daily : weekly;
          if (each.kind === 'single' || each.kind === 'series') {
            const event =
              each.kind === 'single' ? hour('single', each.day) : series('series', each.day, each.times, pattern);
            ids.push((await service.create(`${user}/events`, event)).id);
            return;
          }
          if (ids.length === 0) return;
          const id = ids[each.which % ids.length]!;
          const { recurrence } = series('', each.day, 'times' in each ? each.times : 1, pattern);
          const changes = {
            move: hour('moved', each.day),
            rename: { subject: each.day },
            repeat: { ...hour('repeated', each.day), recurrence },
            cancel: { cancelledOccurrences: [`OID.${id}.${each.day}`] },
          };
          if (each.kind === 'delete') {
            expect((await service.send('DELETE', `${user}/events/${id}`)).status).toBe(204);
            ids.splice(ids.indexOf(id), 1);
          } else {
            const { status } = await service.send('PATCH', `${user}/events/${id}`, { json: changes[each.kind] });
            expect(status).toBe(200);
          }
        };
        const known = new Map<string, unknown>();
        let link = `${user}/calendarView/delta?${JANUARY}`;
        for (const { size, before, during } of script) {
          for (const each of before) await perform(each);
          const waiting = [...during];
          const { members, deltaLink } = await follow(service.get, link, size, async () => {
            const next = waiting.shift();
            if (next !== undefined) await perform(next);
          });
          apply(known, members);
          link = deltaLink;
        }
        const last = await follow(service.get, link);
        apply(known, last.members);
        const shown = await service.get(`${user}/calendarView?${JANUARY}&$top=999`);
        expect(known).toEqual(withoutContext(shown.json.value));
      }),
      { numRuns: 12 },
    );
  });
});

describe('tokens of what calendars show', () => {
  const path = temporaryDirectory();
  const { model } = loadModel(['test/fixtures/directory.csdl.xml']);
  const space = randomUUID();
  let now = Date.parse('2026-01-01T00:00:00Z');

  const serve = (store: Store) => {
    const profile = graphProfile({ authentication: 'off' });
    const service = createService({
      model,
      profile,
      behaviors: graphBehaviors(model),
      space: store.space(space, { ignoreCase: true }),
      metadata: {
        xml: (version) => writeXml(model, { version }),
        json: (version) => writeCsdlJson(model, { version }),
      },
      clock: () => new Date(now),
    });
    return async (method: string, url: string, json?: unknown): Promise<Answer> =>
      answerOf(
        await service.handle({
          method,
          url: url.replace(`${ROOT}/`, ''),
          root: ROOT,
          headers: new Map(json === undefined ? [] : [['content-type', 'application/json']]),
          id: randomUUID(),
          ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        }),
      );
  };

  it('outlive the process, and not seven days or what is stored', async () => {
    const database = await path('calendar.db');
    let store = await openStore({ database });
    let send = serve(store);
    const view = `users/ada/calendarView/delta?${JANUARY}`;
    await send('POST', 'users', { id: 'ada' });
    const { id } = (await send('POST', 'users/ada/events', series('series', '2024-01-01', 3))).json;
    const first = await follow((url) => send('GET', url), view);
    expect(first.members).toHaveLength(3);
    await store.close();

    store = await openStore({ database });
    send = serve(store);
    await send('DELETE', `users/ada/events/${id}`);
    const second = await follow((url) => send('GET', url), first.deltaLink);
    expect(second.members.map((each) => each['@removed'])).toEqual([1, 2, 3].map(() => ({ reason: 'deleted' })));

    now += 6 * 86_400_000;
    expect((await send('GET', first.deltaLink)).status).toBe(200);
    now += 2 * 86_400_000;
    for (const link of [first.deltaLink, second.deltaLink]) {
      const { status, headers } = await send('GET', link);
      expect([status, headers.get('Location')]).toEqual([410, `${ROOT}/${view}`]);
    }
    await send('POST', 'users/ada/events', hour('single', '2024-01-01'));
    const third = await follow((url) => send('GET', url), view);
    await store.space(space).clear();
    await send('POST', 'users', { id: 'ada' });
    const { status, headers } = await send('GET', third.deltaLink);
    expect([status, headers.get('Location')]).toEqual([410, `${ROOT}/${view}`]);
    await store.close();
  });
});
