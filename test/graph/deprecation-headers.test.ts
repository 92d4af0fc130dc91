import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { deprecationHeaders } from '../../src/graph/deprecation-headers.js';

import { onEachDatabase } from './directory-service.js';

describe('what is told of deprecations', () => {
  const told = (...deprecations: readonly (readonly [string | undefined, string | undefined])[]) =>
    deprecationHeaders(deprecations.map(([date, removalDate]) => ({ date, removalDate })));

  it.each([
    [told(), []],
    [told([undefined, undefined]), []],
    [told(['2024-04-10', undefined]), [['Deprecation', 'Wed, 10 Apr 2024 23:59:59 GMT']]],
    [
      told(['2024-04-10', '2026-01-01'], ['2023-01-01', '2027-01-01']),
      [
        ['Deprecation', 'Sun, 01 Jan 2023 23:59:59 GMT'],
        ['Sunset', 'Thu, 01 Jan 2026 23:59:59 GMT'],
      ],
    ],
    [told(['soon', '2024-99-99']), []],
  ])('is the earliest of each: %j', (headers, expected) => {
    expect(headers).toEqual(expected);
  });
});

onEachDatabase('deprecated elements of the schema', (service) => {
  beforeAll(async () => {
    await service.create('contracts', { id: 'a', displayName: 'A', since: '2020', added: 'x' });
    await service.create('users', { id: 'ada' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  const SET = ['Wed, 10 Apr 2024 23:59:59 GMT', 'Fri, 10 Apr 2026 23:59:59 GMT'];

  it.each([
    ['contracts', SET],
    ['contracts/a', SET],
    ['contracts/$count', SET],
    ['contracts/a/displayName', SET],
    ['contracts/a/added', SET],
    ['contracts/a/since', ['Sat, 29 Feb 2020 23:59:59 GMT', SET[1]]],
    ['contracts/a/since/$value', ['Sat, 29 Feb 2020 23:59:59 GMT', SET[1]]],
    ['users/ada', [undefined, undefined]],
    ['$metadata', [undefined, undefined]],
  ])('%s', async (url, expected) => {
    const { status, headers } = await service.get(url);
    expect([status, headers.get('Deprecation'), headers.get('Sunset')]).toEqual([200, ...expected]);
  });

  it('are told of by writes too', async () => {
    const { status, headers } = await service.send('PATCH', 'contracts/a', { json: { displayName: 'x' } });
    expect([status, headers.get('Sunset')]).toEqual([200, SET[1]]);
  });
});
