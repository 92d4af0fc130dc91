import type { PropertyTarget } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import { etagOf, isUnchanged } from '../headers/etag.js';
import type { ServiceResponse } from '../request.js';

import { locate } from '../locate.js';
import { optionsOfValue, VALUE_OPTIONS } from './value-options.js';
import type { Operation } from './operation.js';
import { propertyAnswer } from './property-answer.js';
import { refuseOptions } from './refuse-options.js';

/** `GET` of a property; of a collection those items that the options ask for. [OData-Protocol 11.2.4, 11.2.6] */
export const readProperty: Operation<PropertyTarget> = {
  options: VALUE_OPTIONS,
  async run(exchange: Exchange<PropertyTarget>): Promise<ServiceResponse> {
    const { target, request, space, parts } = exchange;
    refuseOptions({ options: optionsOfValue(target) }, exchange);
    const row = await locate(target.of, space, parts);
    if (isUnchanged(request, row)) return { status: 304, headers: new Map([['ETag', etagOf(row)]]) };
    return propertyAnswer(exchange, row);
  },
};
