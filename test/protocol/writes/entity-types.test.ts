import { describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'zoo.Service',
  zoo: {
    animal: { $Kind: 'EntityType', $Key: ['id'], id: { $Type: 'Edm.Int32' }, name: { $Nullable: true } },
    bird: { $Kind: 'EntityType', $BaseType: 'zoo.animal', wings: { $Type: 'Edm.Int32', $Nullable: true } },
    Service: { $Kind: 'EntityContainer', animals: { $Collection: true, $Type: 'zoo.animal' } },
  },
};

describe('the type of an entity [OData-Protocol 11.4.3]', () => {
  const service = useService(csdl);

  it.each(['PATCH', 'PUT'])('is not changed by %s, so that nothing is taken that is never shown', async (method) => {
    await service.send('POST', 'animals', { json: { id: 1, name: 'a' } });
    const json = { '@odata.type': '#zoo.bird', name: 'b', wings: 2 };
    const refused = await service.send(method, 'animals(1)', { json });
    expect([refused.status, refused.json.error.target]).toEqual([400, '@odata.type']);
    expect((await service.send('GET', 'animals(1)')).json).toMatchObject({ name: 'a' });
  });

  it('may be named as it is', async () => {
    const json = { '@odata.type': '#zoo.bird', id: 2, wings: 2 };
    await service.send('POST', 'animals', { json });
    for (const type of ['#zoo.bird', undefined]) {
      const change = { ...(type === undefined ? {} : { '@odata.type': type }), wings: 3 };
      expect((await service.send('PATCH', 'animals(2)', { json: change })).status).toBe(204);
    }
    expect((await service.send('GET', 'animals(2)')).json).toMatchObject({ '@odata.type': '#zoo.bird', wings: 3 });
  });
});
