import { describe, expect, it } from '@jest/globals';

import { BoundedCache } from '../../src/protocol/bounded-cache.js';

describe('a bounded cache', () => {
  it('makes a value once', () => {
    const cache = new BoundedCache<object>(2);
    const made = cache.get('a', () => ({}));
    expect(cache.get('a', () => ({}))).toBe(made);
  });

  it('forgets what was used least recently', () => {
    const cache = new BoundedCache<string>(2);
    cache.get('a', () => 'first');
    cache.get('b', () => 'first');
    cache.get('a', () => 'second');
    cache.get('c', () => 'first');
    expect(cache.size).toBe(2);
    expect(cache.get('a', () => 'second')).toBe('first');
    expect(cache.get('b', () => 'second')).toBe('second');
  });

  it('keeps nothing where making fails', () => {
    const cache = new BoundedCache<string>(2);
    const fails = (): string => {
      throw new Error('no');
    };
    expect(() => cache.get('a', fails)).toThrow('no');
    expect(cache.get('a', () => 'made')).toBe('made');
  });
});
