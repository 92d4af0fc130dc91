import type { JsonObject } from '../../edm/index.js';
import type { FirstValues, Making } from '../making.js';
import { TENANT_ID } from '../tenant.js';
import { NEVER } from '../written-out.js';

/** What is assessed, by the type of the request. [Graph: threatAssessmentRequest resource type] */
const assesses =
  (contentType: string, values: JsonObject = {}): FirstValues =>
  () => ({ contentType, ...values });

/** Nothing is known of how the mail came where it is. [Graph: mailAssessmentRequest resource type, destinationRoutingReason] */
const UNROUTED: JsonObject = { destinationRoutingReason: 'none' };

/** What new cases, requests and indicators of security and compliance begin with. */
export const FIRST_VALUES_OF_SECURITY: Readonly<Record<string, FirstValues>> = {
  // [Graph: Create case, Create ediscoveryCase]
  'microsoft.graph.ediscovery.case': () => ({ status: 'active' }),
  'microsoft.graph.security.ediscoveryCase': () => ({ status: 'active' }),
  // [Graph: Create custodian, Create custodians]
  'microsoft.graph.ediscovery.custodian': custodian,
  'microsoft.graph.security.ediscoveryCustodian': custodian,
  // [Graph: Create ediscoveryNoncustodialDataSource]
  'microsoft.graph.security.ediscoveryNoncustodialDataSource': () => ({ holdStatus: 'notApplied', status: 'active' }),
  // [Graph: ediscoverySearch resource type, Create searches]
  'microsoft.graph.security.ediscoverySearch': () => ({ dataSourceScopes: 'none' }),
  'microsoft.graph.ediscovery.sourceCollection': () => ({ dataSourceScopes: 'none' }),
  // [Graph: Create threatAssessmentRequest]
  'microsoft.graph.threatAssessmentRequest': () => ({ requestSource: 'administrator', status: 'pending' }),
  'microsoft.graph.mailAssessmentRequest': assesses('mail', UNROUTED),
  'microsoft.graph.emailFileAssessmentRequest': assesses('mail', UNROUTED),
  'microsoft.graph.fileAssessmentRequest': assesses('file'),
  'microsoft.graph.urlAssessmentRequest': assesses('url'),
  // [Graph: tiIndicator resource type]
  'microsoft.graph.tiIndicator': ({ now }) => ({ azureTenantId: TENANT_ID, ingestedDateTime: now, isActive: true }),
  // [Graph: Create securityAction]
  'microsoft.graph.securityAction': ({ now }) => ({ lastActionDateTime: now, status: 'notStarted' }),
};

/** A custodian is called as the user is who has the address. */
async function custodian({ document: { email }, known }: Making): Promise<JsonObject> {
  const user = email === undefined ? undefined : await known('users', { mail: email });
  return {
    acknowledgedDateTime: NEVER,
    displayName: user?.['displayName'] ?? null,
    holdStatus: 'applied',
    status: 'active',
  };
}
