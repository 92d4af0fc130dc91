import { isCsdlObject, type CsdlValue, type Element } from '../../edm/index.js';

const CAPABILITIES = 'Org.OData.Capabilities.V1.';

/** Properties that a create must give, where the set or navigation property says so. [Capabilities InsertRestrictions] */
export function requiredOnInsert(origin: Element | undefined): ReadonlySet<string> {
  const restrictions = origin?.annotation(`${CAPABILITIES}InsertRestrictions`);
  const names = isCsdlObject(restrictions) ? restrictions['RequiredProperties'] : undefined;
  return new Set(Array.isArray(names) ? names.map(pathText) : []);
}

/** Whether entities of this place or type change under a condition only. [Core OptimisticConcurrency] */
export function declaresConcurrency(...elements: readonly (Element | undefined)[]): boolean {
  return elements.some((element) => element?.annotation('Org.OData.Core.V1.OptimisticConcurrency') !== undefined);
}

function pathText(value: CsdlValue): string {
  return isCsdlObject(value) ? String(value['$PropertyPath'] ?? value['$Path']) : String(value);
}
