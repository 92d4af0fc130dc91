import { entityOf } from '../../behavior/index.js';
import type { Operation } from '../../edm/index.js';
import type { OperationTarget } from '../../plan/index.js';
import type { QueryOptions } from '../../url/index.js';
import type { Exchange } from '../exchange.js';
import type { ServiceResponse } from '../request.js';

import type { Outcome } from './call-operation.js';
import type { FileRules } from './file-rules.js';

/**
 * Whether the result of a function goes out as a file: where the profile says that it is nothing else, or where the
 * client asks for one. Example: `Totals()`, `Totals()/Content`, `Totals()?$format=text/csv`.
 */
export function isResultFile(
  { target, tree, format, parts }: Exchange<OperationTarget>,
  operation: Operation,
): boolean {
  const kind = parts.profile.files.kindOf(operation);
  if (kind === undefined || !isWhole(target, operation)) return false;
  return format.media === 'text/csv' || (kind === 'file' && tree.options.format === undefined);
}

/** The result itself, or the one stream in it. */
function isWhole({ rest }: OperationTarget, { returnType }: Operation): boolean {
  const [segment, ...others] = rest;
  if (segment === undefined) return true;
  const type = returnType?.type;
  if (others.length > 0 || segment.kind !== 'name' || (type?.kind !== 'complex' && type?.kind !== 'entity'))
    return false;
  return type.properties.get(segment.name)?.type.qualifiedName === 'Edm.Stream';
}

/** Query options as the function sees them. */
export function withoutFileOptions(options: QueryOptions, files: FileRules): QueryOptions {
  return { ...options, custom: options.custom.filter(({ name }) => !files.options.includes(name)) };
}

/** The answer of the profile, which is the file or leads to it. */
export function fileAnswer(
  { parts, request }: Exchange<OperationTarget>,
  { operation, rows, value }: Outcome,
): ServiceResponse {
  const result = operation.returnType?.type.kind === 'entity' ? rows.map(entityOf) : value;
  return parts.profile.files.answer(operation, result, request);
}
