import type { ProtocolVersion } from './version.js';

/**
 * The request headers that an answer depends on: the format, the preferences, and the version where there are several.
 * [OData-Protocol 8.3.8] [RFC 9110 12.5.5]
 */
export function varyingHeaders(versions: readonly ProtocolVersion[]): string {
  return versions.length > 1 ? 'Accept, OData-MaxVersion, Prefer' : 'Accept, Prefer';
}
