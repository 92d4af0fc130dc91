import { expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';

import { useService } from './start-service.js';

const service = useService([
  {
    root: 'v1.0',
    files: ['test/fixtures/outlook.csdl.xml'],
    profile: graphProfile({ authentication: 'off' }),
    behaviors: graphBehaviors,
  },
]);

const make = async (path: string, json: object) => {
  const { status, json: made } = await service.send('POST', path, { json });
  expect([status, made]).toEqual([201, made]);
  return made;
};
const read = async (path: string) => (await service.send('GET', path)).json;

// [Graph: message resource type, hasAttachments]
it('a message that is told of its attachments keeps its date-times as they were sent', async () => {
  const sentDateTime = '2017-01-01T00:03:07.1589002-08:00';
  const { id } = await make('me/messages', { sentDateTime });
  const path = `me/messages/${id}`;
  const attach = (isInline: boolean) =>
    make(`${path}/attachments`, { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a', isInline });
  await attach(true);
  expect((await read(path)).hasAttachments).toBe(false);
  const { id: attached } = await attach(false);
  expect(await read(path)).toMatchObject({ hasAttachments: true, sentDateTime });
  await service.send('DELETE', `${path}/attachments/${attached}`);
  expect(await read(path)).toMatchObject({ hasAttachments: false, sentDateTime });
});

it('a message is told by all who attach something at the same time', async () => {
  const { id } = await make('me/messages', {});
  const json = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a' };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => service.send('POST', `me/messages/${id}/attachments`, { json })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
  expect((await read(`me/messages/${id}`)).hasAttachments).toBe(true);
});
