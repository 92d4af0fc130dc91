import { setTimeout } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { Turn } from '../../src/store/turn.js';

describe('Turn', () => {
  it('runs work one after another, in order', async () => {
    const turn = new Turn();
    const events: string[] = [];
    const work = (name: string, milliseconds: number) =>
      turn.run(async () => {
        events.push(`${name} begins`);
        await setTimeout(milliseconds);
        events.push(`${name} ends`);
      });
    await Promise.all([work('a', 10), work('b', 0), work('c', 5)]);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('gives results and failures to the one who asked', async () => {
    const turn = new Turn();
    const results = await Promise.allSettled([
      turn.run(() => 1),
      turn.run(() => {
        throw new Error('no');
      }),
      turn.run(async () => 3),
    ]);
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).message)),
    ).toEqual([1, 'no', 3]);
  });

  it('lets nobody overtake who was waiting', async () => {
    const turn = new Turn();
    const order: number[] = [];
    const first = turn.run(async () => {
      await setTimeout(5);
    });
    const second = turn.run(() => order.push(2));
    void first.then(() => turn.run(() => order.push(3)));
    await second;
    await turn.run(() => order.push(4));
    expect(order).toEqual([2, 3, 4]);
  });
});
