import { cancelled } from '../../error/index.js';
import type { Space } from '../../store/index.js';
import { replacingMembers } from '../batch/replacing-members.js';

/** A space in which no transaction comes to its end once the work has been cancelled. [OData-Protocol 11.6] */
export function cancellableSpace(space: Space, signal: AbortSignal): Space {
  const members: Pick<Space, 'write'> = {
    write: (work) =>
      space.write(async (unit) => {
        const result = await work(unit);
        if (signal.aborted) throw cancelled('The request was cancelled.');
        return result;
      }),
  };
  return replacingMembers(space, members);
}
