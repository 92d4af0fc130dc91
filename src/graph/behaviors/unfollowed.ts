import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { Model, Operation } from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';

import { DRIVE_ITEM } from '../drives.js';

const SUBSCRIPTION = 'microsoft.graph.subscription';
const LONG_RUNNING = 'microsoft.graph.longRunningOperation';

/** What an answer promises, by the type that it has: something goes on behind it, and is followed up at another address. */
const PROMISES: Readonly<Record<string, string>> = {
  'microsoft.graph.uploadSession': 'upload sessions are not supported; write the content of the file in one request',
  [LONG_RUNNING]: 'long-running operations are not supported',
};

/** Actions that the documentation answers with 202 and the address of a monitor, whatever type they have. [Graph: Copy a file or folder] */
const MONITORED: Readonly<Record<string, string>> = { 'microsoft.graph.copy': DRIVE_ITEM };

/**
 * What begins with a request and goes on without it is refused, rather than said to be under way: upload sessions,
 * long-running operations, change notifications. Seeded subscriptions can be read, changed and deleted. [Graph: Upload
 * large files with an upload session, Working with long-running actions, Create subscription]
 */
export function unfollowed(model: Model): Behavior {
  const names = [...model.declaredNames('Action')].filter((name) => model.operations(name).some(isPromise));
  return {
    ...(model.type(SUBSCRIPTION)?.kind === 'entity' ? { create: { [SUBSCRIPTION]: refuseSubscription } } : {}),
    action: Object.fromEntries(names.map((name) => [name, refusePromise])),
  };
}

function refuseSubscription(): never {
  throw notImplemented('Change notifications are not supported, so that nothing can be subscribed to.');
}

const refusePromise: Handler<OperationEvent, OperationResult> = ({ operation }, next) => {
  if (!isPromise(operation)) return next();
  throw notImplemented(`'${operation.name}' is not supported: ${promiseOf(operation) ?? PROMISES[LONG_RUNNING]!}.`);
};

function isPromise(operation: Operation): boolean {
  const bound = MONITORED[operation.qualifiedName];
  return (
    promiseOf(operation) !== undefined ||
    (bound !== undefined && operation.bindingParameter?.reference.typeName === bound)
  );
}

function promiseOf({ returnType }: Operation): string | undefined {
  const type = returnType?.type;
  if (type?.kind !== 'entity' && type?.kind !== 'complex') return undefined;
  const promised = type.lineage.find(({ qualifiedName }) => PROMISES[qualifiedName] !== undefined);
  return promised && PROMISES[promised.qualifiedName];
}
