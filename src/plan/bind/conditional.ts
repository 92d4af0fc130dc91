import type { Expression as Tree } from '../../url/index.js';

import { bindBoolean, bindScalar, type Binding, type Scope } from './binding.js';
import { fault } from './fault.js';
import { typeName, type Operand } from './operand.js';
import { commonType, convert } from './promotion.js';

type CaseTree = Extract<Tree, { readonly kind: 'case' }>;

/** `case(X gt 0:1,X lt 0:-1,true:0)`: all values are promoted to one type. [OData-URL 5.1.1.12.1] */
export function bindCase(tree: CaseTree, scope: Scope, binding: Binding): Operand {
  const conditions = tree.branches.map(({ condition }) =>
    bindBoolean(condition, scope, binding, "A condition of 'case'"),
  );
  const values = tree.branches.map(({ value }) => bindScalar(value, scope, binding, "A value of 'case'"));
  const type = commonType(values, binding.context);
  if (type === 'none')
    throw fault(
      `The values of 'case' have no common type: ${values.map((value) => `'${typeName(value)}'`).join(', ')}`,
      tree.at,
    );
  if (type === undefined) return { kind: 'null', at: tree.at };
  const branches = values.map((value, index) => ({
    condition: conditions[index]!,
    value: convert(value, type, binding.context),
  }));
  return { kind: 'scalar', expression: { kind: 'case', branches, type }, type, at: tree.at };
}
