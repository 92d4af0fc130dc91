import { expect, it } from '@jest/globals';

import { openStore, type Space } from '../../src/store/index.js';
import { at, insert, newRow, planOf } from './conformance/fixture.js';
import { temporaryDirectory } from './temporary-directory.js';

const pathOf = temporaryDirectory();
const HOUR = 3_600_000;
const hours = (count: number): string => new Date(Date.parse('2020-01-01T00:00:00Z') + count * HOUR).toISOString();

async function keysSince(space: Space, since: number): Promise<string[]> {
  const { latest } = await space.logEnd();
  const keys: string[] = [];
  for await (const { key } of space.changes(planOf('things'), { since, until: latest })) keys.push(key);
  return keys;
}

it('forgets changes before an instant', async () => {
  let hour = 0;
  const store = await openStore({ database: ':memory:', now: () => hours(hour) });
  const space = store.space('test');
  const positions: number[] = [];
  for (; hour < 4; hour++) {
    await insert(space, at('things', String(hour)));
    positions.push((await space.logEnd()).latest);
  }
  await store.forgetChanges(hours(2));
  await expect(keysSince(space, positions[0]!)).rejects.toMatchObject({ status: 410 });
  expect(await keysSince(space, positions[1]!)).toEqual(['2', '3']);
  await store.forgetChanges(hours(0));
  expect(await keysSince(space, positions[1]!)).toEqual(['2', '3']);
  await store.forgetChanges(hours(9));
  await expect(keysSince(space, positions[2]!)).rejects.toMatchObject({ status: 410 });
  expect(await keysSince(space, positions[3]!)).toEqual([]);
  await store.close();
});

it('keeps positions over a restart, and changes as long as they are to be kept', async () => {
  const database = await pathOf('kept.db');
  const open = (hour: number, keepChanges?: number) =>
    openStore({ database, now: () => hours(hour), ...(keepChanges !== undefined && { keepChanges }) });
  const first = await open(0);
  const { latest } = await first.space('test').logEnd();
  await insert(first.space('test'), at('things', 'a'));
  await first.close();

  const second = await open(1, 2 * HOUR);
  expect(await keysSince(second.space('test'), latest)).toEqual(['a']);
  await second.space('test').write((unit) => unit.replace(newRow(at('things', 'a')), 1));
  const later = (await second.space('test').logEnd()).latest;
  await second.close();

  const third = await open(4, 2 * HOUR);
  await expect(keysSince(third.space('test'), latest)).rejects.toMatchObject({ status: 410 });
  expect(await keysSince(third.space('test'), later)).toEqual([]);
  await third.close();
});
