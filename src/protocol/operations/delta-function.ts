import { badRequest, notImplemented } from '../../error/index.js';
import type { CollectionTarget, DeltaTarget } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import type { ServiceResponse } from '../request.js';

import { follow } from './delta.js';
import { changesAnswer, withoutTokens } from './delta-changes.js';
import { isDeclaredUntracked, isTrackable, trackingOf } from './delta-tracking.js';
import { invokeFunction } from './invoke.js';
import type { Operation } from './operation.js';
import { refuseOptions } from './refuse-options.js';
import { functionCall } from './select-overload.js';
import { viewChanges, viewFromNow } from './view-changes.js';

/** A token that stands for the present: the client knows already what there is. [Graph: Delta query] */
const LATEST = 'latest';
const TOKEN = 'token';

/** Computed members are told whole and all: which of them, and what of each, is not for options to say. [Graph: event: delta] */
function refuseChoosing(exchange: Exchange<DeltaTarget>): void {
  const pages = exchange.parts.profile.topIsPageSize ? (['top'] as const) : [];
  refuseOptions({ options: [...pages, 'skiptoken', 'deltatoken', 'format'] }, exchange);
}

/** `GET users/delta`: the collection, and its changes from then on. [Graph: Delta query] */
export const readDelta: Operation<DeltaTarget> = {
  options: ['filter', 'orderby', 'select', 'expand', 'search', 'top', 'count', 'skiptoken', 'deltatoken', 'format'],
  run: async (exchange) => {
    const { of, call } = exchange.target;
    const [{ qualifiedName }] = call.overloads as [(typeof call.overloads)[number]];
    if (exchange.parts.behaviors.has('function', qualifiedName))
      return invokeFunction.run({ ...exchange, target: call });
    if (isDeclaredUntracked(of)) throw badRequest('The schema says that the changes of this collection are not told.');
    const collection = withoutToken({ ...exchange, target: of });
    const token = (await tokenArgument(exchange)) ?? exchange.tree.options.deltatoken?.value;
    if (of.source.kind === 'given') {
      refuseChoosing(exchange);
      const { rows } = of.source;
      return token === LATEST ? viewFromNow(collection, rows) : viewChanges(collection, rows, token);
    }
    if (!isTrackable(collection)) throw notImplemented('The changes of this collection cannot be told.');
    return token === LATEST ? fromNow(collection) : follow(collection, token);
  },
};

/** `delta(token='…')`, or `delta?token=…` where the function has such a parameter. [OData-URL 5.3] */
async function tokenArgument(exchange: Exchange<DeltaTarget>): Promise<string | undefined> {
  const { call } = exchange.target;
  if (call.arguments === undefined || call.arguments.length === 0) {
    const hasToken = call.overloads.some(({ parameters }) => parameters.some(({ name }) => name === TOKEN));
    return hasToken ? exchange.tree.options.custom.find(({ name }) => name === TOKEN)?.value : undefined;
  }
  const asked = functionCall({ ...exchange, target: call });
  const { token } = await asked.parameters((expression) => exchange.space.evaluate(expression));
  if (token !== undefined && token !== null && typeof token !== 'string')
    throw badRequest('The token must be a string.', { target: 'token' });
  return token ?? undefined;
}

/** The request as its links repeat it, with tokens of their own. */
function withoutToken(exchange: Exchange<CollectionTarget>): Exchange<CollectionTarget> {
  const { tree } = exchange;
  const custom = tree.options.custom.filter(({ name }) => name !== TOKEN);
  return { ...exchange, tree: { ...tree, options: { ...tree.options, custom } } };
}

/** No changes, and the link to those that are to come. */
async function fromNow(exchange: Exchange<CollectionTarget>): Promise<ServiceResponse> {
  const { complete } = await exchange.space.logEnd();
  const here = { kind: 'changes', since: complete, until: complete, after: complete, next: complete } as const;
  return changesAnswer(exchange, trackingOf(withoutTokens(exchange)), here, []);
}
