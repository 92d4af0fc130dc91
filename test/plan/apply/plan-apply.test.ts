import { describe, expect, it } from '@jest/globals';

import {
  aggregateOver,
  applyTo,
  defaultBindLimits,
  planApply,
  resolvePath,
  type ApplyPlan,
  type CollectionTarget,
} from '../../../src/plan/index.js';
import { odataProfile } from '../../../src/protocol/index.js';

import { refusalOf } from '../bind/bind.js';
import { model, options } from '../bind/model.js';
import { printResult, printSteps } from './print.js';

const aliases = new Map();
const rules = odataProfile.path;
const target = resolvePath([{ kind: 'name', name: 'Products', text: 'Products', at: 0 }], { model, rules, aliases });

function planOf(query: string): ApplyPlan {
  const page = { limit: undefined, skip: 0 };
  const limits = { maxExpandDepth: 3, maxExpands: 50, maxTop: 100, bind: defaultBindLimits };
  return planApply(target as CollectionTarget, options(query), page, {
    model,
    rules,
    aggregateOver,
    applyTo,
    aliases,
    limits,
  });
}

/** What is written, the steps, and what the rows are then. */
const CASES: readonly (readonly [apply: string, steps: string, result: string])[] = [
  ['identity', '', 'Product'],
  [
    'filter(Price gt 1)/top(2)/skip(1)',
    'filter (Price:Double gt 1:Double) / page 2 from 0 / page undefined from 1',
    'Product',
  ],
  ['orderby(Name desc,Price)', 'order Name:String desc, Price:Double asc', 'Product'],
  [
    'compute(Price mul 2 as Twice)/filter(Twice gt 1)',
    'compute c1=(Price:Double mul 2:Double):Double / filter (#c1:Double gt 1:Double)',
    'Product,Twice=c1',
  ],
  ['aggregate($count as N)', 'aggregate c1=count', 'N=c1'],
  [
    'aggregate(Price with sum as A,Number with sum as B,Total with sum as C,Cost with average as D,Rating with average as E,Born with max as F)',
    'aggregate c1=sum(Price:Double):Double, c2=sum(Number:Int32):Int64, c3=sum(Total:Int64):Decimal, c4=average(Cost:Decimal):Decimal, c5=average(Rating:Byte):Double, c6=max(Born:Date):Date',
    'A=c1,B=c2,C=c3,D=c4,E=c5,F=c6',
  ],
  [
    'aggregate(Price mul Number with sum as S)',
    'aggregate c1=sum((Price:Double mul cast(Number:Int32, Double)):Double):Double',
    'S=c1',
  ],
  [
    'aggregate(Tags with countdistinct as N)',
    'aggregate c2={ flatten 1000:Tags c1=v1000:String / aggregate c2=countdistinct(#c1:String):Decimal }',
    'N=c2',
  ],
  [
    'aggregate(Parts/Price with max as M)',
    'aggregate c1={ flatten 1000:>Parts / aggregate c1=max(Price:Double):Double }',
    'M=c1',
  ],
  [
    'aggregate(Parts/Parts/$count as N)',
    'aggregate c1={ flatten 1000:>Parts 1001:v1000/>Parts / aggregate c1=count }',
    'N=c1',
  ],
  [
    'aggregate(Category with countdistinct as N)',
    'aggregate c1={ flatten 1000:>Category / aggregate c1=countdistinct($it) }',
    'N=c1',
  ],
  ['groupby((Name))', 'group c1=Name:String { aggregate }', 'Name=c1'],
  ['groupby((Name,Name))', 'group c1=Name:String { aggregate }', 'Name=c1'],
  ['groupby((Name),topcount(1,Price))', 'group c1=Name:String { rank desc Price:Double until count 1 }', 'Product'],
  [
    'groupby((Category/Label),aggregate(Price with sum as S))',
    'group c1=>Category/Label:String, c2=((>Category/Label:String ne null) or exists(>Category)) { aggregate c3=sum(Price:Double):Double }',
    'Category(Label=c1)?c2,S=c3',
  ],
  ['groupby((Category))', 'group c1=>Category { aggregate }', 'Category=c1:Category'],
  [
    'groupby((Category))/filter(Category/Label eq null)',
    'group c1=>Category { aggregate } / filter (#c1/Label:String eq null)',
    'Category=c1:Category',
  ],
  [
    'groupby((Address/City))/groupby((Address/City))',
    'group c1=Address/City:String, c2=((Address/City:String ne null) or exists(Address)) { aggregate } / group c3=#c1:String, c4=#c2:Boolean { aggregate }',
    'Address(City=c3)?c4',
  ],
  [
    'groupby((rollup(Name,Number)))',
    'concat c4,c5 { group c1=Name:String, c2=Number:Int32 { aggregate } } { group c3=Name:String { aggregate } }',
    'Name=c4,Number=c5 | Name=c4',
  ],
  [
    'groupby((rollup(null,Name)),aggregate($count as N))',
    'concat c4,c5 { group c1=Name:String { aggregate c2=count } } { aggregate c3=count }',
    'Name=c4,N=c5',
  ],
  ['concat(identity,aggregate($count as N))', 'concat c2 {} { aggregate c1=count }', 'Product | N=c2'],
  [
    'concat(topcount(1,Price),bottomcount(1,Price))',
    'concat  { rank desc Price:Double until count 1 } { rank asc Price:Double until count 1 }',
    'Product',
  ],
  [
    'join(Parts as Part)/filter(Part/Price gt 1)',
    'join c1=>Parts {} / filter (#c1/Price:Double gt 1:Double)',
    'Product,Part=c1:Product',
  ],
  [
    'outerjoin(Parts as Part,aggregate($count as N))/filter(Part/N gt 1)',
    'outer join c2=>Parts { aggregate c1=count } / filter (#c1:Decimal gt 1:Decimal)',
    'Product,Part(N=c1)?c2',
  ],
  ['nest(groupby((Name)) as Names)', 'nest c2={ group c1=Name:String { aggregate } }', 'Names=c2:[Name=c1]'],
  [
    'nest(groupby((Name)) as Names,aggregate($count as N) as Number1)',
    'nest c2={ group c1=Name:String { aggregate } }, c4={ aggregate c3=count }',
    'Names=c2:[Name=c1],Number1=c4:[N=c3]',
  ],
  [
    'addnested(Parts,aggregate($count as N) as Numbers)',
    'addnested >Parts c2={ aggregate c1=count }',
    'Product,Numbers=c2:[N=c1]',
  ],
  [
    'addnested(Category,compute(1 as One) as Kind)',
    'outer join c2=>Category { compute c1=1:Int32 }',
    'Product,Kind=c2:Category,One=c1',
  ],
  [
    'aggregate(Price with sum from Name with max as M)',
    'aggregate c3={ group c1=Name:String { aggregate c2=sum(Price:Double):Double } / aggregate c3=max(#c2:Double):Double }',
    'M=c3',
  ],
];

describe('the plan of $apply [OData-Aggregation 3]', () => {
  it.each(CASES)('%s', (apply, steps, result) => {
    const plan = planOf(`$apply=${apply}`);
    expect({ steps: printSteps(plan.steps), result: printResult(plan) }).toEqual({ steps, result });
  });

  it('goes on with the other options', () => {
    const plan = planOf(
      '$apply=groupby((Name),aggregate($count as N))&$filter=N gt 1&$orderby=N desc&$compute=N add 1 as M&$select=M',
    );
    expect(printSteps(plan.steps)).toBe(
      'group c1=Name:String { aggregate c2=count } / compute c3=(#c2:Decimal add 1:Decimal):Decimal / filter (#c2:Decimal gt 1:Decimal) / order #c2:Decimal desc',
    );
    expect(printResult(plan)).toBe('M=c3');
  });
});

describe('the select list of the context URL [OData-Aggregation 3.1.1]', () => {
  it.each([
    ['identity', ''],
    ['filter(Price gt 1)', ''],
    ['compute(1 as One)', '*,One'],
    ['compute(1 as One)&$select=One', 'One'],
    ['compute(1 as One)&$select=Name,One', 'Name,One'],
    ['groupby((Name,Category/Label,Address/City))', 'Name,Category(Label),Address/City'],
    ['groupby((Category))', 'Category()'],
    ['join(Parts as Part)', 'Part()'],
    ['join(Parts as Part)&$select=Name&$expand=Part($select=Name)', 'Name,Part(Name)'],
    ['join(Parts as Part,compute(1 as One))', 'Part(*,One)'],
    ['expand(Category)', 'Category()'],
    ['identity&$expand=Category($select=Code)&$select=Name', 'Name,Category(Code)'],
    ['concat(identity,aggregate($count as N))', '@Core.AnyStructure'],
    ['concat(identity,groupby((Name)))', 'Name'],
    ['concat(groupby((Name,Number)),groupby((Name)))', 'Name'],
    ['concat(compute(1 as One),compute(2 as One))', '*,One'],
    ['nest(groupby((Name)) as A)', 'A(Name)'],
    ['nest(groupby((Name)) as A,identity as B)', 'A(Name),B()'],
    ['addnested(Parts,filter(Price gt 1) as Dear)', 'Dear()'],
    ['addnested(Category,compute(1 as One) as Kind)', 'Kind(*,One)'],
  ])('%s: %s', (query, list) => {
    expect(planOf(`$apply=${query}`).result.contextList).toBe(list);
  });
});

describe('limits of $apply', () => {
  it('keep hierarchies side by side from multiplying', () => {
    const rollups = Array.from({ length: 7 }, () => 'rollup(Name,Number)').join(',');
    expect(refusalOf(() => planOf(`$apply=groupby((${rollups}))`))).toMatch(/^400 .*more than 64 groupings/);
  });

  it('keep hierarchies within each other from multiplying', () => {
    const nested = Array.from({ length: 12 }).reduce<string>(
      (inner) => `groupby((rollup(Name,Number)),${inner})`,
      'topcount(1,Price)',
    );
    expect(refusalOf(() => planOf(`$apply=${nested}`))).toMatch(/^400 .*more than 100 transformations/);
  });
});
