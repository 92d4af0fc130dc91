import { expect, it } from '@jest/globals';

import { collectionsBelow, pathOf } from '../../src/store/address.js';

it.each([
  [{ collection: 'users', key: '1' }, 'users/1'],
  [{ collection: 'settings', key: '' }, 'settings'],
  [{ collection: 'users/1/manager', key: '' }, 'users/1/manager'],
])('the path of %j is %s', (address, path) => {
  expect(pathOf(address)).toBe(path);
});

it('the range below a path holds what begins with it and a slash, nothing else', () => {
  const [from, before] = collectionsBelow({ collection: 'users', key: '1' });
  const isBelow = (collection: string) => collection >= from && collection < before;
  expect(['users/1/a', 'users/1/\uffff', 'users/1/'].map(isBelow)).toEqual([true, true, true]);
  expect(['users/1', 'users/10/a', 'users/1.5/a', 'users/1-/a', 'users/10'].map(isBelow)).not.toContain(true);
});
