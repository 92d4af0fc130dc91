import { expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';

const rome = { '@odata.type': '#technical.Address', City: 'Rome', Zip: 1 };
const oslo = { '@odata.type': '#technical.Home', City: 'Oslo', Zip: 2, Rooms: 3 };

/** What is selected behind a cast is that of values of its type alone. [OData-URL 5.1.4] [OData-Protocol 11.2.5.1] */
onEachDatabase('casts in $select', (service) => {
  const id = 900;
  const shown = async ($select: string): Promise<unknown> => {
    const { Id: _, ...members } = (await service.get(url(`Things(${String(id)})`, { $select }))).json;
    return Object.fromEntries(Object.entries(members).filter(([name]) => !name.startsWith('@')));
  };

  it.each([
    ['Places/technical.Home/City', { Places: [{}, { City: 'Oslo' }] }],
    ['Places/technical.Home/Rooms', { Places: [{}, { Rooms: 3 }] }],
    ['Places/Zip,Places/technical.Home/City', { Places: [{ Zip: 1 }, { City: 'Oslo', Zip: 2 }] }],
    ['Places/technical.Home/City,Places/City', { Places: [{ City: 'Rome' }, { City: 'Oslo' }] }],
    ['Places/technical.Home($select=City)', { Places: [{}, { City: 'Oslo' }] }],
    ['Places($select=technical.Home/City,Zip)', { Places: [{ Zip: 1 }, { City: 'Oslo', Zip: 2 }] }],
    ['Place/technical.Home/City', { Place: {} }],
    ['Place/City,Place/technical.Home/Zip', { Place: { City: 'Rome' } }],
    ['Loose/deep/technical.Home/City', { Loose: { deep: { City: 'Oslo' } } }],
    ['Loose/other/technical.Home/City', { Loose: { other: {} } }],
  ])('%s', async ($select, members) => {
    const loose = { deep: oslo, other: { City: 'Bari' } };
    const body = JSON.stringify({ Id: id, Place: rome, Places: [rome, oslo], Loose: loose });
    expect((await service.send('PUT', `Things(${String(id)})`, { body })).status).toBeLessThan(300);
    const bare = JSON.parse(
      JSON.stringify(await shown($select), (name, value) => (name.startsWith('@') ? undefined : value)),
    );
    expect(bare).toEqual(members);
  });
});
