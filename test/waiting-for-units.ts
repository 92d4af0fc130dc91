import { setTimeout } from 'node:timers/promises';

import type { Bounds, LogEnd, Space } from '../src/store/index.js';

/**
 * The same space, whose log has no end before all units that were running have ended: those of other tests that write to
 * the same database would have changes told twice.
 */
export function waitingForUnits(space: Space): Space {
  const logEnd = async (): Promise<LogEnd> => {
    const { latest } = await space.logEnd();
    for (;;) {
      const end = await space.logEnd();
      if (end.complete >= latest) return { latest, complete: latest };
      await setTimeout(5);
    }
  };
  return new Proxy(space, {
    get(target, name) {
      if (name === 'logEnd') return logEnd;
      if (name === 'bounded') return (bounds: Bounds) => waitingForUnits(space.bounded(bounds));
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
