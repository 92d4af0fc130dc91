import { randomUUID } from 'node:crypto';

import { beforeAll, expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { describeOnEachDatabase } from '../service-answers.js';

import { failure, graphClient } from './graph-clients.js';
import { useService } from './start-service.js';

const JANUARY = 'startDateTime=2024-01-01T00:00:00Z&endDateTime=2024-02-01T00:00:00Z';
const PACIFIC = 'Pacific Standard Time';
const at = (dateTime: string, timeZone = PACIFIC) => ({ dateTime, timeZone });

describeOnEachDatabase('calendars over HTTP', (database) => {
  const service = useService(
    [
      {
        root: 'beta',
        files: ['test/fixtures/directory.csdl.xml'],
        profile: graphProfile({ authentication: 'any' }),
        behaviors: graphBehaviors,
      },
    ],
    undefined,
    database,
  );
  const user = `/users/${randomUUID()}`;
  const api = (path: string) => graphClient(service.origin).api(`${user}${path}`);
  const zoned = (path: string) => api(path).header('Prefer', `outlook.timezone="${PACIFIC}"`);
  /** What a delta link leads to, by the path behind the user. */
  const behind = (link: string) => link.slice(link.indexOf('/calendarView'));
  let id = '';

  beforeAll(async () => {
    await graphClient(service.origin)
      .api('/users')
      .post({ id: user.slice(7), userPrincipalName: `${user.slice(7)}@contoso.com` });
    const created = await api('/events').post({
      subject: 'series',
      start: at('2024-01-01T17:00:00'),
      end: at('2024-01-01T18:00:00'),
      recurrence: {
        pattern: { type: 'daily', interval: 1, dayOfMonth: 0, month: 0 },
        range: { type: 'numbered', startDate: '2024-01-01', numberOfOccurrences: 3 },
      },
    });
    expect(created.start).toEqual(at('2024-01-01T17:00:00.0000000'));
    id = created.id;
  });

  it('are followed while their occurrences change', async () => {
    const first = await api(`/calendarView/delta?${JANUARY}`).header('Prefer', 'odata.maxpagesize=2').get();
    expect(first.value).toHaveLength(2);
    const rest = await api(behind(first['@odata.nextLink'])).get();
    expect(rest.value.map((each: { id: string }) => each.id)).toEqual([`OID.${id}.2024-01-03`]);

    const second = `/events/OID.${id}.2024-01-02`;
    expect(await zoned(second).get()).toMatchObject({ type: 'occurrence', start: at('2024-01-02T17:00:00.0000000') });
    const changed = await zoned(second).patch({ start: at('2024-01-02T20:00:00'), end: at('2024-01-02T21:00:00') });
    expect(changed).toMatchObject({ type: 'exception', start: at('2024-01-02T20:00:00.0000000'), seriesMasterId: id });
    await api(`/events/OID.${id}.2024-01-03`).delete();
    expect(await failure(api(`/events/OID.${id}.2024-01-03`).get())).toMatchObject({ statusCode: 404 });

    const shown = await zoned(`/calendarView?${JANUARY}&$orderby=start/dateTime desc&$select=start`).get();
    expect(shown.value.map(({ start }: { start: object }) => start)).toEqual([
      at('2024-01-02T20:00:00.0000000'),
      at('2024-01-01T17:00:00.0000000'),
    ]);
    const changes = await api(behind(rest['@odata.deltaLink'])).get();
    expect(changes.value).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'exception', start: at('2024-01-03T04:00:00.0000000', 'UTC') }),
        { id: `OID.${id}.2024-01-03`, '@removed': { reason: 'deleted' } },
      ]),
    );
    expect((await api(behind(changes['@odata.deltaLink'])).get()).value).toEqual([]);
  });

  it('refuse what they do not know', async () => {
    expect(await failure(api(`/calendarView/delta?${JANUARY}&$select=id`).get())).toMatchObject({ statusCode: 400 });
    expect(await failure(api('/calendarView/delta').get())).toMatchObject({ statusCode: 400 });
    expect(await failure(api('/events').header('Prefer', 'outlook.timezone="Mars"').get())).toMatchObject({
      statusCode: 400,
    });
  });
});
