import { badRequest, notAcceptable, preconditionFailed } from '../../error/index.js';
import type { ServiceRequest } from '../request.js';

/** Versions of the protocol that a service may answer in. */
export type ProtocolVersion = '4.0' | '4.01';

/** The version of an answer: the highest that both sides know, the service's own choice where there is none. [OData-Protocol 8.2.7] */
export function answerVersion(request: ServiceRequest, versions: readonly ProtocolVersion[]): ProtocolVersion {
  const maximum = request.headers.get('odata-maxversion');
  return (maximum === undefined ? undefined : allowedVersions(maximum, versions).at(-1)) ?? versions[0]!;
}

/** 400 for requests of a newer version, 406 where the client allows only older ones. [OData-Protocol 8.1.5, 8.2.7] */
export function refuseVersions(request: ServiceRequest, versions: readonly ProtocolVersion[]): void {
  const written = request.headers.get('odata-version');
  if (written !== undefined && !(numberOf(written) <= 4.01)) {
    throw badRequest(`Requests of OData version '${written.slice(0, 20)}' are not understood; use 4.0 or 4.01.`);
  }
  const maximum = request.headers.get('odata-maxversion');
  if (maximum !== undefined && allowedVersions(maximum, versions).length === 0) {
    throw notAcceptable(
      `The requested format is not available in the OData-MaxVersion '${maximum.slice(0, 20)}'; this service speaks ${versions.join(' and ')}.`,
    );
  }
}

function allowedVersions(maximum: string, versions: readonly ProtocolVersion[]): ProtocolVersion[] {
  return versions.filter((version) => Number(version) <= numberOf(maximum));
}

/** Snapshot isolation over several requests is not offered, and must then be refused. [OData-Protocol 8.2.6] */
export function refuseIsolation(request: ServiceRequest): void {
  const isolation = request.headers.get('odata-isolation') ?? request.headers.get('isolation');
  if (isolation !== undefined) throw preconditionFailed(`The isolation '${isolation.slice(0, 50)}' is not supported.`);
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
}
