import type { ScalarType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { comparisonType, edm, isGeo, isIntegral, isNumeric } from '../bind/primitives.js';
import type { AggregateMethod } from './apply-plan.js';
import { fault } from './fault.js';

export const methodNames: readonly AggregateMethod[] = ['sum', 'average', 'min', 'max', 'countdistinct'];

export function methodOf(written: string): AggregateMethod | undefined {
  return methodNames.find((name) => name === written.toLowerCase());
}

/**
 * The type of an aggregated value. Sums have a type that can hold them: `Edm.Int64` for small integers, `Edm.Decimal`
 * for large ones. [OData-Aggregation 3.2.1.3]
 */
export function typeOfAggregate(method: AggregateMethod, of: ScalarType, position: number): ScalarType {
  const type = comparisonType(of);
  switch (method) {
    case 'sum':
    case 'average':
      return type.qualifiedName === 'Edm.Duration' ? type : typeOfNumber(method, type, of, position);
    case 'min':
    case 'max':
      if (isGeo(type) || UNORDERED.has(type.qualifiedName)) throw unfit(method, of, position);
      return of;
    case 'countdistinct':
      if (isGeo(type) || type.qualifiedName === 'Edm.Stream') throw unfit(method, of, position);
      return edm('Decimal');
  }
}

const UNORDERED: ReadonlySet<string> = new Set(['Edm.Binary', 'Edm.Stream']);

function typeOfNumber(method: 'sum' | 'average', type: ScalarType, of: ScalarType, position: number): ScalarType {
  if (!isNumeric(type)) throw unfit(method, of, position);
  if (type.qualifiedName === 'Edm.Decimal' || type.qualifiedName === 'Edm.Int64') return edm('Decimal');
  if (!isIntegral(type)) return edm('Double');
  return edm(method === 'sum' ? 'Int64' : 'Double');
}

function unfit(method: AggregateMethod, type: ScalarType, position: number): Error {
  return badRequest(`Values of type '${type.qualifiedName}' cannot be aggregated with '${method}'.`, fault(position));
}
