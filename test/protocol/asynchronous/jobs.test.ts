import { describe, expect, it } from '@jest/globals';

import { Jobs } from '../../../src/protocol/asynchronous/jobs.js';
import type { WholeAnswer } from '../../../src/protocol/batch/batch-answer.js';

const answer: WholeAnswer = { status: 200, headers: new Map(), body: undefined };
const endless = () => new Promise<WholeAnswer>(() => {});

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

// [OData-Protocol 11.6]
describe('asynchronous requests', () => {
  it('have an answer when the work is done', async () => {
    const jobs = new Jobs({ maxJobs: 2, maxJobSeconds: 10 }, () => 0);
    let finish: (answer: WholeAnswer) => void = () => {};
    const job = jobs.start(() => new Promise((resolve) => (finish = resolve)))!;
    expect(jobs.find(job.id)).toMatchObject({ answer: undefined });
    finish(answer);
    await settled();
    expect(jobs.find(job.id)!.answer).toBe(answer);
    expect(jobs.find('none')).toBeUndefined();
  });

  it('are forgotten some time after their end', async () => {
    let now = 0;
    const jobs = new Jobs({ maxJobs: 2, maxJobSeconds: 10 }, () => now);
    const [done, going] = [jobs.start(async () => answer)!, jobs.start(endless)!];
    await settled();
    now = 9_999;
    expect(jobs.find(done.id)).toBeDefined();
    now = 10_000;
    expect(jobs.find(done.id)).toBeUndefined();
    expect(jobs.cancel(done.id)).toBe(false);
    expect(jobs.find(going.id)).toBeDefined();
  });

  it('make room for new ones by the oldest answer; where none is there yet, they are not begun', async () => {
    const jobs = new Jobs({ maxJobs: 2, maxJobSeconds: 10 }, () => 0);
    const going = jobs.start(endless)!;
    const first = jobs.start(async () => answer)!;
    await settled();
    const second = jobs.start(endless)!;
    expect([going, first, second].map(({ id }) => jobs.find(id) !== undefined)).toEqual([true, false, true]);
    expect(jobs.start(() => Promise.reject(new Error('never begun')))).toBeUndefined();
  });

  it('can be cancelled', () => {
    const jobs = new Jobs({ maxJobs: 2, maxJobSeconds: 10 }, () => 0);
    let signal: AbortSignal | undefined;
    const job = jobs.start((given) => {
      signal = given;
      return endless();
    })!;
    expect(signal!.aborted).toBe(false);
    expect(jobs.cancel(job.id)).toBe(true);
    expect(signal!.aborted).toBe(true);
    expect(jobs.find(job.id)).toBeUndefined();
  });
});
