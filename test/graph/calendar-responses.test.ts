import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

interface Shown {
  readonly type?: string;
  readonly status?: { readonly response: string };
  readonly responseStatus?: { readonly response: string };
}

const ADA = 'users/ada';
const NOW = '2026-01-02T03:04:05Z';
const time = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
const meeting = {
  subject: 'Meeting',
  isOrganizer: false,
  start: time('2026-02-02T10:00:00'),
  end: time('2026-02-02T11:00:00'),
  attendees: [
    { emailAddress: { address: 'bo@contoso.com', name: 'Bo' } },
    { emailAddress: { address: 'Ada@contoso.com', name: 'Ada' } },
  ],
};
const proposedNewTime = { start: time('2026-02-03T10:00:00'), end: time('2026-02-03T11:00:00') };

// [Graph: event: accept, tentativelyAccept, decline and cancel]
onEachDatabase(
  'meetings that are answered and cancelled',
  (service) => {
    const created = async (more: object = {}): Promise<string> =>
      (await service.create(`${ADA}/events`, { ...meeting, ...more })).id;
    const act = (id: string, action: string, json: object = {}) => service.post(`${ADA}/events/${id}/${action}`, json);

    beforeAll(() => service.create('users', { id: 'ada', displayName: 'Ada', mail: 'ada@contoso.com' }));
    afterAll(() => expect(service.faults).toEqual([]));

    it.each([
      ['accept', 'accepted'],
      ['tentativelyAccept', 'tentativelyAccepted'],
      ['decline', 'declined'],
    ])('%s says %s', async (action, response) => {
      const id = await created();
      const { status, text, headers } = await act(id, action, { comment: 'well', sendResponse: true });
      expect([status, text, headers.has('x-mockgraph-answer')]).toEqual([202, '', false]);
      const { json } = await service.get(`${ADA}/calendar/events/${id}`);
      expect(json.responseStatus).toEqual({ response, time: NOW });
      expect(json.attendees.map(({ status: given }: Shown) => given?.response)).toEqual(['none', response]);
    });

    it.each([
      ['decline', { proposedNewTime }, {}, 202],
      ['decline', { proposedNewTime }, { allowNewTimeProposals: false }, 400],
      ['tentativelyAccept', { proposedNewTime, sendResponse: false }, {}, 400],
      ['accept', { proposedNewTime }, {}, 400],
      ['decline', { sendResponse: 'no' }, {}, 400],
    ])('%s %j of %j is %i', async (action, json, more, status) => {
      const id = await created(more);
      expect((await act(id, action, json)).status).toBe(status);
      const { response } = (await service.get(`${ADA}/events/${id}`)).json.responseStatus;
      expect(response === 'declined').toBe(status === 202);
    });

    it('by the organizer alone are cancelled, and are gone', async () => {
      const [own, other] = [await created({ isOrganizer: true }), await created()];
      const refused = await act(other, 'cancel', { Comment: 'no' });
      expect([refused.status, refused.json.error.message]).toEqual([
        400,
        "Your request can't be completed. You need to be an organizer to cancel a meeting.",
      ]);
      expect((await act(own, 'cancel', { Comment: 'no' })).status).toBe(202);
      expect((await service.get(`${ADA}/events/${own}`)).status).toBe(404);
      expect(await service.ids(`${ADA}/calendar/events`)).not.toContain(own);
      expect((await act(own, 'cancel')).status).toBe(404);
    });

    it('that recur are answered and cancelled by occurrence', async () => {
      const recurrence = {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'numbered', startDate: '2026-02-02', numberOfOccurrences: 3 },
      };
      const id = await created({ isOrganizer: true, recurrence });
      const range = 'startDateTime=2026-02-01T00:00:00Z&endDateTime=2026-02-10T00:00:00Z';
      const days = async () => (await service.get(`${ADA}/events/${id}/instances?${range}`)).json.value;
      const [first, second] = await days();
      expect((await act(first.id, 'accept')).status).toBe(202);
      expect((await act(second.id, 'cancel')).status).toBe(202);
      const after = await days();
      expect(after.map(({ responseStatus, type }: Shown) => [responseStatus?.response, type])).toEqual([
        ['accepted', 'exception'],
        ['organizer', 'occurrence'],
      ]);
      expect((await act(first.id, 'cancel')).status).toBe(202);
      expect(await days()).toHaveLength(1);
    });
  },
  { fixture: 'collaboration' },
);
