import { expect } from '@jest/globals';

import { Model, type CsdlDocument, type CsdlObject } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { useService, type Answered } from '../protocol/service-in-test.js';

export const NOW = '2026-01-02T03:04:05Z';

const nullable = { $Nullable: true };
const NAMESPACE = 'microsoft.graph';

/** A nullable property, a text unless another type is named. */
export const optional = (type?: string): CsdlObject => (type === undefined ? nullable : { $Type: type, ...nullable });
export const list = (type = 'Edm.String'): CsdlObject => ({ $Type: type, $Collection: true });
export const flag = optional('Edm.Boolean');
export const instant = optional('Edm.DateTimeOffset');
export const of = (name: string): string => `${NAMESPACE}.${name}`;

/** An entity type of properties that may be named alone, where they are nullable texts. */
export function entityType(texts: string, others: CsdlObject = {}, base = 'entity'): CsdlObject {
  const named = texts.split(' ').filter((name) => name !== '');
  return {
    $Kind: 'EntityType',
    $BaseType: of(base),
    ...Object.fromEntries(named.map((name) => [name, nullable])),
    ...others,
  };
}

export function complexType(texts: string, others: CsdlObject = {}): CsdlObject {
  const { $BaseType: _, ...declared } = entityType(texts, others);
  return { ...declared, $Kind: 'ComplexType' };
}

export function contained(type: string): CsdlObject {
  return { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: of(type) };
}

/** An action that is bound to one entity of a type, or with `$Collection` to a collection of them. */
export function action(type: string, parameters: CsdlObject[] = [], others: CsdlObject = {}): CsdlObject[] {
  const { $Collection, ...rest } = others;
  const bound = { $Name: 'this', $Type: type, ...($Collection === true ? { $Collection } : {}) };
  return [{ $Kind: 'Action', $IsBound: true, $Parameter: [bound, ...parameters], ...rest }];
}

export interface TenantInTest {
  send(method: string, url: string, json?: object): Promise<Answered>;
  /** The answer to a create, which fails where that is refused. */
  created(url: string, json: object): Promise<Answered['json']>;
  read(url: string): Promise<Answered['json']>;
}

/** A service of Graph over some types, sets of them by name, and further namespaces. */
export function useTenant(
  types: CsdlObject,
  sets: Readonly<Record<string, string>>,
  namespaces: CsdlObject = {},
): TenantInTest {
  const csdl: CsdlDocument = {
    $Version: '4.01',
    $EntityContainer: 'microsoft.graph.GraphService',
    ...namespaces,
    [NAMESPACE]: {
      entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
      directoryObject: entityType('', { deletedDateTime: instant }),
      ...types,
      GraphService: {
        $Kind: 'EntityContainer',
        ...Object.fromEntries(
          Object.entries(sets).map(([name, type]) => [name, { $Collection: true, $Type: of(type) }]),
        ),
      },
    },
  };
  const service = useService(csdl, {
    profile: graphProfile({ authentication: 'off' }),
    behaviors: graphBehaviors(new Model([csdl])),
    clock: () => new Date(NOW),
  });
  const send: TenantInTest['send'] = (method, url, json) => service.send(method, url, json && { json });
  return {
    send,
    async created(url, json) {
      const { status, text } = await send('POST', url, json);
      expect([status, text]).toEqual([201, expect.any(String)]);
      return JSON.parse(text);
    },
    async read(url) {
      const { status, text } = await send('GET', url);
      expect([status, text]).toEqual([200, expect.any(String)]);
      return JSON.parse(text);
    },
  };
}
