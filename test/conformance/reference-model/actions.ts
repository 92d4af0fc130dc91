import { defineBehavior, type Behavior, type Entity, type OperationEvent } from '../../../src/behavior/index.js';
import type { JsonObject } from '../../../src/edm/index.js';

import { withNextVersion } from './computed-values.js';
import { numberParameter, priceOf, products } from './products.js';
import { reseedFrom, seedPrices } from './seed.js';

/** The actions of the model; what they change counts as an update. */
export function actions(seedFile: string): Behavior {
  const reseed = reseedFrom(seedFile);
  return defineBehavior({
    action: {
      'ComplianceService.ApplyDiscount': (event) => change(event, event.binding!, { Price: discounted(event) }),
      'ComplianceService.IncreasePrice': async (event) => {
        await change(event, event.binding!, { Price: priceOf(event.binding!) + numberParameter(event, 'amount') });
        return undefined;
      },
      'ComplianceService.Activate': async (event) => {
        await change(event, event.binding!, { Status: activated(String(event.binding!.document['Status'])) });
        return undefined;
      },
      'ComplianceService.CalculateDiscount': (event) => discounted(event),
      'ComplianceService.MarkAllAsReviewed': () => undefined,
      'ComplianceService.ResetAllPrices': async (event) => {
        const prices = seedPrices(seedFile);
        const seeded = (await products(event)).filter((product) => prices.has(product.row.key));
        for (const product of seeded) await change(event, product, { Price: prices.get(product.row.key)! });
        return { message: 'Prices reset successfully', updatedCount: seeded.length };
      },
      'ComplianceService.ResetProducts': () => undefined,
      'ComplianceService.Process': async (event) => {
        const least = event.parameters.has('minPrice') ? numberParameter(event, 'minPrice') : -Infinity;
        for (const product of await products(event)) {
          if (priceOf(product) >= least) await change(event, product, { Price: discounted(event, product) });
        }
        return undefined;
      },
      'ComplianceService.Reseed': async (event) => {
        await reseed(event);
        return { status: 'success', message: 'Database reseeded with default data' };
      },
    },
  });
}

function change({ entities }: OperationEvent, entity: Entity, changes: JsonObject): Promise<Entity> {
  return entities.update(entity, withNextVersion(entity.document, changes));
}

function discounted(event: OperationEvent, product = event.binding!): number {
  return priceOf(product) * (1 - numberParameter(event, 'percentage') / 100);
}

/** `OnSale,Discontinued` → `InStock,OnSale`, with the members in the order of their values. */
function activated(status: string): string {
  const others = status.split(',').filter((member) => !['None', 'InStock', 'Discontinued'].includes(member));
  return ['InStock', ...others].join(',');
}
