import { describe, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../../src/edm/index.js';
import { operationMembers } from '../../../src/protocol/payload/advertised-operations.js';

const parameter = ($Name: string, more: object = {}) => ({ $Name, $Type: 'Edm.Int32', ...more });
const OPTIONAL = { '@Org.OData.Core.V1.OptionalParameter': {} };
const bound = (kind: string, type: string, isCollection: boolean, ...parameters: object[]) => ({
  $Kind: kind,
  $IsBound: true,
  $Parameter: [{ $Name: 'it', $Type: type, ...(isCollection ? { $Collection: true } : {}) }, ...parameters],
  $ReturnType: { $Type: 'Edm.Int32' },
});

const document = {
  $Version: '4.01',
  n: {
    Base: { $Kind: 'EntityType', $Key: ['Id'], Id: { $Type: 'Edm.Int32' } },
    Derived: { $Kind: 'EntityType', $BaseType: 'n.Base' },
    Days: [
      bound('Function', 'n.Base', false, parameter('from')),
      bound('Function', 'n.Base', false, parameter('from'), parameter('to')),
      bound('Function', 'n.Base', true),
    ],
    Plain: [bound('Function', 'n.Base', false, parameter('most', OPTIONAL))],
    Act: [bound('Action', 'n.Base', false, parameter('note')), bound('Action', 'n.Derived', false)],
    OfDerived: [bound('Action', 'n.Derived', false)],
    Clear: [bound('Action', 'n.Base', true)],
  },
} as unknown as CsdlDocument;
const model = new Model([document]);

function advertised(
  name: string,
  isCollection: boolean,
  metadata: 'none' | 'minimal' | 'full',
  operations?: readonly string[],
): unknown {
  const type = model.structuredTypeOrThrow(`n.${name}`);
  const format = { media: 'application/json', metadata, streaming: undefined, ieee754Compatible: false } as const;
  const shape = { contextList: '', ...(operations === undefined ? {} : { operations: new Set(operations) }) };
  const text = operationMembers({ type, isCollection }, 'http://h/Bases(1)', { format, shape }, model);
  return JSON.parse(`{${text.slice(0, -1)}}`);
}

describe('operations that can be called [OData-JSON 16, 17]', () => {
  it('are told by their parameters where there are several of a name, and take aliases for what they need', () => {
    expect(advertised('Base', false, 'full')).toEqual({
      '#n.Days(from)': { title: 'n.Days', target: 'http://h/Bases(1)/n.Days(from=@from)' },
      '#n.Days(from,to)': { title: 'n.Days', target: 'http://h/Bases(1)/n.Days(from=@from,to=@to)' },
      '#n.Plain': { title: 'n.Plain', target: 'http://h/Bases(1)/n.Plain()' },
      '#n.Act': { title: 'n.Act', target: 'http://h/Bases(1)/n.Act' },
    });
  });

  it('are those of base types too, an action once', () => {
    const names = Object.keys(advertised('Derived', false, 'full') as object);
    expect(names).toEqual(['#n.Days(from)', '#n.Days(from,to)', '#n.Plain', '#n.Act', '#n.OfDerived']);
  });

  it('are others for collections', () => {
    expect(Object.keys(advertised('Base', true, 'full') as object)).toEqual(['#n.Days', '#n.Clear']);
  });

  it('are those that were selected, without what can be computed at minimal', () => {
    expect(advertised('Base', false, 'minimal', ['n.Act'])).toEqual({ '#n.Act': {} });
    expect(Object.keys(advertised('Base', false, 'minimal', ['n.*']) as object)).toHaveLength(4);
    expect(advertised('Base', false, 'full', ['n.OfDerived'])).toEqual({});
  });

  it('are none otherwise', () => {
    expect(advertised('Base', false, 'minimal')).toEqual({});
    expect(advertised('Base', false, 'none', ['n.*'])).toEqual({});
  });
});
