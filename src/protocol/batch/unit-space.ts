import { internal, ServiceError } from '../../error/index.js';
import type { Reader, Space, Unit } from '../../store/index.js';

import { replacingMembers } from './replacing-members.js';

/** A space whose reads and writes all belong to one transaction. */
export interface UnitSpace {
  readonly space: Space;
  /**
   * What the database ended a write with, where it did: the requests make answers of it, but the store needs to know,
   * since it runs transactions again that others got in the way of.
   */
  readonly fault: () => unknown;
}

export function spaceOfUnit(unit: Unit): UnitSpace {
  let fault: unknown;
  const members: Pick<Space, 'write' | 'clear' | 'bounded'> = {
    async write(work) {
      try {
        return await work(unit);
      } catch (error) {
        if (!(error instanceof ServiceError) || error.status === 500) fault ??= error;
        throw error;
      }
    },
    // Its transaction has bounds of its own.
    bounded: () => space,
    clear: () => Promise.reject(internal('A space cannot be cleared within a transaction.')),
  };
  const space: Space = replacingMembers<Reader, typeof members>(unit, members);
  return { space, fault: () => fault };
}
