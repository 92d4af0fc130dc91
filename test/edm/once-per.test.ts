import { describe, expect, it } from '@jest/globals';

import { oncePer } from '../../src/edm/index.js';

describe('a function of an object that never changes', () => {
  it('works once for each object, whatever comes of it', () => {
    const asked: object[] = [];
    const results = [undefined, false, 'three'];
    const work = oncePer((subject: object) => results[asked.push(subject) - 1]);
    const subjects = [{}, {}, {}];
    for (let round = 0; round < 2; round++) expect(subjects.map(work)).toEqual(results);
    expect(asked).toEqual(subjects);
  });

  it('works again after it has failed', () => {
    let attempts = 0;
    const work = oncePer((): number => {
      if (++attempts === 1) throw new Error('once');
      return attempts;
    });
    const subject = {};
    expect(() => work(subject)).toThrow('once');
    expect([work(subject), work(subject)]).toEqual([2, 2]);
  });
});
