import type { CsdlObject } from '../edm/index.js';

/**
 * Whether an annotation on a member says that its value is JSON; such values are text in XML:
 * `"@JSON.Schema@Core.MediaType": "application/json"`.
 */
export function isJsonMedia(json: CsdlObject, member: string): boolean {
  for (const prefix of ['Core', 'Org.OData.Core.V1'])
    if (json[`${member}@${prefix}.MediaType`] === 'application/json') return true;
  return false;
}
