import { defineBehavior, type Entity, type OperationEvent } from '../../../src/behavior/index.js';
import { JsonNumber, type JsonValue } from '../../../src/edm/index.js';

import { numberParameter, priceOf, products } from './products.js';

const DEFAULT_TOP = 10;
const MOST_RELATED = 5;

/** The functions of the model; which overload was called shows by the parameters that are there. */
export const functions = defineBehavior({
  function: {
    'ComplianceService.GetTopProducts': topProducts,
    'ComplianceService.GetProductStats': async (event) => {
      const prices = (await products(event)).map(priceOf);
      return {
        totalProducts: prices.length,
        averagePrice: mean(prices),
        maxPrice: prices.length === 0 ? null : Math.max(...prices),
        minPrice: prices.length === 0 ? null : Math.min(...prices),
      };
    },
    'ComplianceService.FindProducts': async (event) => {
      const name = String(event.parameters.get('name'));
      const most = numberParameter(event, 'maxPrice');
      return (await products(event)).filter(
        (product) => String(product.document['Name']).includes(name) && priceOf(product) <= most,
      );
    },
    'ComplianceService.Calculate': ({ parameters }) =>
      parameters.has('value')
        ? int64(2n * integer(parameters.get('value')))
        : int64(integer(parameters.get('a')) + integer(parameters.get('b'))),
    'ComplianceService.Convert': ({ parameters }) =>
      parameters.has('number')
        ? `Number: ${String(parameters.get('number'))}`
        : `String: ${String(parameters.get('input'))}`,
    'ComplianceService.GetTotalPrice': (event) => priceOf(event.binding!) * (1 + numberParameter(event, 'taxRate')),
    'ComplianceService.GetRelatedProducts': async (event) => {
      const { row, document } = event.binding!;
      const category = document['CategoryID'] ?? null;
      if (category === null) return [];
      return (await products(event))
        .filter((product) => product.row.key !== row.key && product.document['CategoryID'] === category)
        .slice(0, MOST_RELATED);
    },
    'ComplianceService.GetAveragePrice': async (event) => mean((await products(event)).map(priceOf)),
    'ComplianceService.CalculatePrice': (event) => {
      const discounted = priceOf(event.binding!) * (1 - numberParameter(event, 'discount') / 100);
      return event.parameters.has('tax') ? discounted * (1 + numberParameter(event, 'tax') / 100) : discounted;
    },
    'ComplianceService.GetInfo': ({ binding, parameters }) =>
      `Product: ${String(binding!.document['Name'])} (Price: ${priceOf(binding!).toFixed(2)}) in ${String(parameters.get('format'))} format`,
  },
});

async function topProducts(event: OperationEvent): Promise<Entity[]> {
  const count = event.parameters.has('count') ? Math.max(0, numberParameter(event, 'count')) : DEFAULT_TOP;
  const category = event.parameters.get('category');
  const found = await products(event);
  const chosen = category === undefined ? found : await inCategory(event, found, category);
  return chosen.toSorted((a, b) => priceOf(b) - priceOf(a)).slice(0, count);
}

async function inCategory({ entities }: OperationEvent, found: readonly Entity[], name: JsonValue): Promise<Entity[]> {
  const categories = (await entities.all('Categories')).filter((category) => category.document['Name'] === name);
  const keys = new Set(categories.map((category) => category.document['ID']));
  return found.filter((product) => keys.has(product.document['CategoryID'] ?? null));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function integer(value: JsonValue | undefined): bigint {
  return BigInt(String(value));
}

function int64(value: bigint): JsonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new JsonNumber(String(value));
}
