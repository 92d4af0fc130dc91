import { describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './technical-service.js';

/** Ways to ask for a collection below the Thing whose key stands for `1`. */
const BELOW = [
  'Things(1)/Parts',
  'Things(1)/Parts?$top=0',
  'Things(1)/Parts?$count=true',
  "Things(1)/Parts?$filter=Id eq 'x'",
  'Things(1)/Parts?$apply=aggregate($count as N)',
  'Things(1)/Parts?$apply=groupby((Size))',
  'Things(1)/Parts/$count',
  'Things(1)/Parts/$count?$apply=groupby((Size))',
  "Things(1)/Parts('x')/Parts",
  "Things(1)/Parts('x')/Parts/$count",
  'Things(1)/Friends',
  'Things(1)/Friends/$ref',
  'Things(1)/Friends/$ref?$top=0',
  'Things(1)/Friends/technical.Gadget',
  'Things(1)/Friends/$filter(Id gt 0)',
  'Things(1)/Friend/Friends',
  'Things(1)/Place/Sights',
  'Things(1)/Place/Sights/$ref',
].map((each) => each.replaceAll(' ', '%20'));

onEachDatabase('collections of what does not exist [OData-Protocol 11.2.4, 11.2.6]', (service) => {
  it('are there below what is', async () => {
    await service.create(
      'Things',
      '{"Id":1,"Place":{"Tags":[]},"Parts":[{"Id":"x"}],"Friend":{"Id":2,"Place":{"Tags":[]}}}',
    );
    for (const path of BELOW) expect([path, (await service.get(path)).status]).toEqual([path, 200]);
  });

  it.each(BELOW)('are 404: %s', async (path) => {
    const { status, json } = await service.get(path.replace('Things(1)', 'Things(9)'));
    expect(status).toBe(404);
    expect(json.error.message).toMatch(/^Resource 'Things\/9(\/Parts\/x|\/Friend)?' does not exist\.$/);
  });

  it('are 404 where one of several entities is missing', async () => {
    expect((await service.get("Things(1)/Parts('y')/Parts")).status).toBe(404);
    expect((await service.get("Things(1)/Parts('x')/Parts('y')/Parts")).status).toBe(404);
    expect((await service.get('Things(2)/Friend/Friends')).status).toBe(404);
  });

  it('are 404 for changes of all members, which would change nothing', async () => {
    const sent = { body: '{"Size":1}' };
    expect((await service.send('PATCH', 'Things(1)/Parts/$filter(Size%20eq%207)/$each', sent)).status).toBe(204);
    expect((await service.send('PATCH', 'Things(9)/Parts/$filter(Size%20eq%207)/$each', sent)).status).toBe(404);
    expect((await service.send('DELETE', 'Things(9)/Parts/$each')).status).toBe(404);
  });

  it('are 404 for what is bound to them', async () => {
    expect((await service.get('Things(1)/Friends/technical.Size()')).status).toBe(200);
    expect((await service.get('Things(9)/Friends/technical.Size()')).status).toBe(404);
    expect((await service.send('POST', 'Things(1)/Friends/technical.Paint', { body: '{"color":"red"}' })).status).toBe(
      200,
    );
    expect((await service.send('POST', 'Things(9)/Friends/technical.Paint', { body: '{"color":"red"}' })).status).toBe(
      404,
    );
  });

  describe('that follow their changes', () => {
    it('are 404 from the beginning', async () => {
      const prefer = { prefer: 'odata.track-changes' };
      expect((await service.get('Things(1)/Parts', prefer)).status).toBe(200);
      expect((await service.get('Things(9)/Parts', prefer)).status).toBe(404);
    });
  });
});
