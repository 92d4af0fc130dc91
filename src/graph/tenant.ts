/** The domain that the tenant has from the start; by its top level it is nobody's. [RFC 2606] */
export const TENANT_DOMAIN = 'mockgraph.invalid';

/** [Graph: organization resource type, id] */
export const TENANT_ID = '00000000-0000-4000-8000-000000000074';
