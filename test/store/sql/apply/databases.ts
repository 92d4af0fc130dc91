import { randomUUID } from 'node:crypto';

import { Model, type EntityType, type Scalar } from '../../../../src/edm/index.js';
import {
  aggregateOver,
  applyTo,
  defaultBindLimits,
  planApply,
  type ApplyPlan,
  type CollectionTarget,
  type Field,
} from '../../../../src/plan/index.js';
import { odataProfile } from '../../../../src/protocol/index.js';
import { openStore, type AggregatedRow, type Space, type Store } from '../../../../src/store/index.js';
import { parseQuery } from '../../../../src/url/index.js';

const value = (type: string, more: Record<string, string | boolean> = {}) => ({
  $Type: type,
  $Nullable: true,
  ...more,
});

export const model = new Model([
  {
    $Version: '4.01',
    t: {
      Color: { $Kind: 'EnumType', Green: 1, Blue: 2, Red: 0, Violet: 9 },
      Thing: {
        $Kind: 'EntityType',
        $Key: ['id'],
        $OpenType: true,
        id: {},
        S: value('Edm.String'),
        B: value('Edm.Boolean'),
        I: value('Edm.Int32'),
        L: value('Edm.Int64'),
        D: value('Edm.Decimal', { $Scale: 'variable' }),
        F: value('Edm.Double'),
        G: value('Edm.Guid'),
        Day: value('Edm.Date'),
        At: value('Edm.DateTimeOffset'),
        Time: value('Edm.TimeOfDay'),
        Span: value('Edm.Duration'),
        Color: value('t.Color'),
        Numbers: { $Type: 'Edm.Decimal', $Collection: true },
        Parts: { $Kind: 'NavigationProperty', $Type: 't.Thing', $Collection: true, $ContainsTarget: true },
      },
    },
  },
]);
const thing = model.type('t.Thing') as EntityType;

const target: CollectionTarget = {
  kind: 'collection',
  type: thing,
  declaredType: thing,
  source: { kind: 'collections', collections: ['things'] },
  typeNames: undefined,
  origin: undefined,
  via: undefined,
  contextPath: 'things',
  collection: 'things',
  each: false,
};

/** The plan of `$apply=…`, perhaps with further options behind it. */
export function planOf(query: string): ApplyPlan {
  return planApply(
    target,
    parseQuery(encodeURI(`$apply=${query}`).replaceAll('+', '%2B')),
    { limit: undefined, skip: 0 },
    {
      model,
      rules: odataProfile.path,
      aggregateOver,
      applyTo,
      aliases: new Map(),
      limits: { maxExpandDepth: 5, maxExpands: 50, maxTop: 100, bind: defaultBindLimits },
    },
  );
}

/** Values by the names of their properties; numbers as texts with all their digits. */
export type Values = Record<string, unknown>;

/** Things in a database, and what `$apply` makes of them. */
export interface ThingsInTest {
  readonly name: string;
  put(documents: readonly (object | string)[], collection?: string): Promise<void>;
  apply(query: string): Promise<Values[]>;
  count(query: string): Promise<number>;
  close(): Promise<void>;
}

/** SQLite always; PostgreSQL where `MOCKGRAPH_POSTGRES` says where it is. */
export const databases: readonly (readonly [string, (options?: { ignoreCase?: boolean }) => Promise<ThingsInTest>])[] =
  [
    ['SQLite', (options) => open('SQLite', ':memory:', options)],
    ...(process.env['MOCKGRAPH_POSTGRES'] === undefined
      ? []
      : ([
          [
            'PostgreSQL',
            (options?: { ignoreCase?: boolean }) => open('PostgreSQL', process.env['MOCKGRAPH_POSTGRES']!, options),
          ],
        ] as const)),
  ];

async function open(name: string, database: string, { ignoreCase = false } = {}): Promise<ThingsInTest> {
  const store: Store = await openStore({ database, ignoreCase });
  const space: Space = store.space(randomUUID());
  let count = 0;
  return {
    name,
    async put(documents, collection = 'things') {
      await space.write(async (unit) => {
        for (const document of documents) {
          const text = typeof document === 'string' ? document : JSON.stringify(document);
          await unit.insert({ collection, key: String(++count), type: 't.Thing', document: text, sent: undefined });
        }
      });
    },
    async apply(query) {
      const plan = planOf(query);
      const values: Values[] = [];
      for await (const row of space.aggregate(plan)) values.push(valuesOf(row, plan));
      return values;
    },
    count: (query) => space.countAggregated(planOf(query)),
    async close() {
      await space.clear();
      await store.close();
    },
  };
}

function valuesOf(row: AggregatedRow, { result }: Pick<ApplyPlan, 'result'>): Values {
  const values: Values = {};
  if (row.entity !== undefined) values['id'] = (JSON.parse(row.entity.document) as { id?: string }).id;
  for (const field of result.forms[row.form]!.fields) values[field.name] = valueOf(field, row);
  return values;
}

function valueOf(field: Field, row: AggregatedRow): unknown {
  switch (field.kind) {
    case 'value':
      return shown(row.values.get(field.column) ?? null);
    case 'rows':
      return row.rows?.get(field.column)?.map((each) => valuesOf(each, field));
    case 'entity':
      return row.related?.get(field.column)?.document;
    case 'record':
      return Object.fromEntries(field.fields.map((each) => [each.name, valueOf(each, row)]));
  }
}

function shown(value: Scalar | null): unknown {
  return typeof value === 'number' || (typeof value === 'object' && value !== null) ? String(value) : value;
}
