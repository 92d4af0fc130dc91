import type { Operation } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { BindContext } from './context.js';
import { bindDefinition } from './definition.js';
import { newBinding } from './expression.js';
import { bindFiltered } from './item.js';
import type { Operand } from './operand.js';

/** A function that was called by the path of a URL. */
export interface Called {
  readonly operation: Operation;
  readonly definition: Tree;
  readonly parameters: ReadonlyMap<string, Operand>;
  /** What it is bound to, and the conditions of `/$filter(…)` segments behind that. */
  readonly place: Place | undefined;
  readonly filters: readonly Tree[];
}

/** What a call gives, about no row: its binding parameter stands elsewhere in the service. */
export function bindCalled({ filters, place, ...call }: Called, context: BindContext): Operand {
  const binding = newBinding(context);
  const among = filters.reduce<Place | undefined>((of, filter) => of && narrowed(of, filter, binding), place);
  return bindDefinition({ ...call, place: among }, binding);
}

function narrowed(of: Place, filter: Tree, binding: ReturnType<typeof newBinding>): Place {
  return bindFiltered(filter, of, { implicit: of, it: of, this: of, variables: new Map() }, binding);
}
