import { describe, expect, it } from '@jest/globals';

import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

import { office } from './office.js';

const service = useService(office, { profile: graphProfile({ authentication: 'off' }) });

// [Graph: outlookItem, Planner resource versioning]
describe('the ETag of a resource', () => {
  it.each([
    ['messages', { subject: 'a' }, true],
    ['plannerTasks', { title: 'a' }, true],
    ['people', { displayName: 'a' }, false],
  ])('of %s', async (set, body, isThere) => {
    const { json: made } = await service.send('POST', set, { json: body });
    const { json: read, headers } = await service.send('GET', `${set}/${made.id}`);
    const { json: listed } = await service.send('GET', set);
    const shown = [made, read, listed.value[0]].map((each) => each['@odata.etag'] !== undefined);
    expect([...shown, headers.has('ETag')]).toEqual([isThere, isThere, isThere, isThere]);
  });

  it('changes with it, and holds writes to it', async () => {
    const { json: made } = await service.send('POST', 'messages', { json: { subject: 'a' } });
    const url = `messages/${made.id}`;
    const headers = { 'If-Match': made['@odata.etag'] };
    const { json: changed } = await service.send('PATCH', url, { headers, json: { subject: 'b' } });
    expect(changed['@odata.etag']).not.toBe(made['@odata.etag']);
    expect((await service.send('PATCH', url, { headers, json: { subject: 'c' } })).status).toBe(412);
  });
});

// [Graph: List messages]
describe('$select', () => {
  it.each([
    ['messages', 'subject', { subject: 'a', sender: 'b' }, ['@odata.etag', 'id', 'subject']],
    ['people', 'displayName', { displayName: 'a' }, ['displayName']],
  ])('leaves the key of %s', async (set, select, body, names) => {
    const { json: made } = await service.send('POST', set, { json: body });
    const { json: listed } = await service.send('GET', `${set}?$select=${select}`);
    expect(Object.keys(listed.value[0])).toEqual(names);
    expect(listed['@odata.context']).toMatch(new RegExp(`#${set}\\(${select}\\)$`));
    const { json: read } = await service.send('GET', `${set}/${made.id}?$select=${select}`);
    expect(Object.keys(read)).toEqual(['@odata.context', ...names]);
  });
});
