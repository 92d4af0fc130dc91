import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { onEachDatabase, url } from './technical-service.js';

type Position = readonly [x: number, y: number];
type Polygon = readonly (readonly Position[])[];

const RADIUS = 6_371_008.7714;

const at = ([x, y]: Position): string => `${String(x)} ${String(y)}`;
const pointText = (position: Position): string => `Point(${at(position)})`;
const lineText = (positions: readonly Position[]): string => `LineString(${positions.map(at).join()})`;
const polygonText = (rings: Polygon): string => `Polygon(${rings.map((ring) => `(${ring.map(at).join()})`).join()})`;
const geometry = (text: string): string => `geometry'SRID=0;${text}'`;
const geography = (text: string): string => `geography'SRID=4326;${text}'`;

const SQUARE: readonly Position[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];
const HOLE: readonly Position[] = [
  [4, 4],
  [6, 4],
  [6, 6],
  [4, 6],
  [4, 4],
];
const WITH_HOLE = polygonText([SQUARE, HOLE]);
/** A bay between two towers. */
const BAY = 'Polygon((0 0,9 0,9 9,6 9,6 3,3 3,3 9,0 9,0 0))';

/** An expression without properties and its value. */
const CASES: readonly (readonly [expression: string, value: number | boolean | string | null])[] = [
  ...[
    'Point(1 -2.5)',
    'Point(1e200 2e-200 3 4)',
    'MultiPoint((1 2),(3 4))',
    'MultiPoint()',
    'LineString(1 2,3 4,5 6)',
    WITH_HOLE,
    'MultiLineString((1 2,3 4),(5 6,7 8))',
    'MultiLineString()',
    'MultiPolygon(((0 0,1 0,1 1,0 0)),((0 0,9 0,9 9,0 0),(4 1,5 1,5 2,4 1)))',
    'GeometryCollection(Point(1 2))',
    'GeometryCollection()',
    `GeometryCollection(MultiPoint((1 2),(3 4)),GeometryCollection(LineString(1 2,3 4),GeometryCollection(),Point(5 6)),${WITH_HOLE})`,
  ].map((text) => [`cast(geometry'SRID=25832;${text}',Edm.String)`, `SRID=25832;${text}`] as const),
  ['cast(Point,Edm.String)', 'SRID=4326;Point(0 0)'],
  ['cast(Spot,Edm.String)', 'SRID=4269;Point(1 1)'],
  ['cast(Route,Edm.String)', null],
  [`geo.distance(${geometry('Point(0 0)')},${geometry('Point(3 4)')})`, 5],
  [`geo.distance(${geometry('Point(0 0 7)')},${geometry('Point(3 4 9 1)')})`, 5],
  [`geo.distance(${geometry('Point(1e200 0)')},${geometry('Point(-1e200 0)')})`, 2e200],
  [`geo.distance(${geometry('Point(3e-200 0)')},${geometry('Point(0 4e-200)')})`, 5e-200],
  [`geo.distance(${geography('Point(0 0)')},${geography('Point(0 0)')})`, 0],
  // A quarter and a half of the way around a sphere with the mean radius.
  [`geo.distance(${geography('Point(0 0)')},${geography('Point(0 90)')})`, (Math.PI / 2) * RADIUS],
  [`geo.distance(${geography('Point(90 0)')},${geography('Point(-90 0)')})`, Math.PI * RADIUS],
  [`geo.distance(${geography('Point(179 0)')},${geography('Point(-179 0)')})`, (Math.PI / 90) * RADIUS],
  [`geo.distance(${geography('Point(1e-150 0)')},${geography('Point(0 0)')}) lt 1e-100`, true],
  [`geo.distance(${geography('Point(1e-310 1e-310)')},${geography('Point(0 0)')}) lt 1e-100`, true],
  [`geo.distance(${geometry('Point(1e-310 0)')},${geometry('Point(0 1e-310)')}) lt 1e-100`, true],
  [`geo.length(${geometry('LineString(1.7e308 0,-1.7e308 0,1.7e308 0)')}) gt 1e308`, true],
  [`geo.length(${geometry('LineString(0 0,3 4,3 4,3 10)')})`, 11],
  [`geo.length(${geography('LineString(0 0,0 90,0 0)')})`, Math.PI * RADIUS],
  ...(
    [
      ['1 1', true],
      ['5 5', false],
      // Borders, corners, and the border of the hole.
      ['0 5', true],
      ['10 10', true],
      ['4 5', true],
      ['6 6', true],
      ['5 4.000001', false],
      ['11 5', false],
      ['-1 0', false],
      ['-1 10', false],
      ['5 -0.000001', false],
    ] as const
  ).map(([text, value]) => [`geo.intersects(${geometry(`Point(${text})`)},${geometry(WITH_HOLE)})`, value] as const),
  [`geo.intersects(${geometry('Point(4 5)')},${geometry(BAY)})`, false],
  [`geo.intersects(${geometry('Point(1 3)')},${geometry(BAY)})`, true],
  [`geo.intersects(${geometry('Point(4 3)')},${geometry(BAY)})`, true],
  [`geo.intersects(${geometry('Point(0.2 0.4)')},${geometry('Polygon((0.1 0.2,0.4 0.8,0.1 0.8,0.1 0.2))')})`, true],
  [`geo.intersects(${geography('Point(5 1)')},${geography(WITH_HOLE)})`, true],
  [`geo.intersects(${geometry('Point(1e200 1e200)')},${geometry('Polygon((0 0,3e200 0,0 3e200,0 0))')})`, null],
  [`geo.intersects(${geometry('Point(1e100 1e100)')},${geometry('Polygon((0 0,3e100 0,0 3e100,0 0))')})`, true],
  ['geo.distance(Point,null)', null],
  ['geo.distance(null,null)', null],
  ['geo.length(null)', null],
  [`geo.intersects(null,${geometry(WITH_HOLE)})`, null],
  [`geo.intersects(${geometry('Point(0 0)')},null)`, null],
  // Nobody says which system the values of this property have.
  [`geo.distance(${geography('Point(0 0)')},Spot)`, null],
  [`geo.distance(geography'SRID=4269;Point(1 1)',Spot)`, 0],
];

const REFUSED: readonly (readonly [expression: string, status: number, reason: string])[] = [
  [`geo.distance(Point,geography'SRID=4269;Point(1 1)') eq 0`, 400, 'the SRIDs 4326 and 4269'],
  [`geo.distance(geometry'SRID=0;Point(1 1)',geometry'SRID=25832;Point(1 1)') eq 0`, 400, 'the SRIDs 0 and 25832'],
  [`geo.intersects(Point,geography'SRID=0;Polygon((0 0,1 0,1 1,0 0))')`, 400, 'the SRIDs 4326 and 0'],
  [`geo.distance(Point,${geometry('Point(1 1)')}) eq 0`, 400, "'Edm.GeographyPoint', 'Edm.GeometryPoint'"],
  ['geo.distance(Point,Route) eq 0', 400, "'Edm.GeographyPoint', 'Edm.GeographyLineString'"],
  ['geo.length(Area) eq 0', 400, "'Edm.GeographyPolygon'"],
  ['geo.intersects(Area,Point)', 400, "'Edm.GeographyPolygon', 'Edm.GeographyPoint'"],
  ['geo.length(Name) eq 0', 400, "'Edm.String'"],
  ['geo.length() eq 0', 400, 'does not take 0 arguments'],
  [`geo.distance(Point,geography'SRID=4326;Point(1)') eq 0`, 400, 'geography literal'],
];

const SQUARE_OF_FOUR = [SQUARE.slice(0, 4)];

/** What a dynamic property holds, and whether it counts as a shape. [OData-JSON 7.1] */
const DYNAMIC: readonly (readonly [value: unknown, kind: 'Point' | 'LineString' | 'Polygon', isOne: boolean])[] = [
  [{ type: 'Point', coordinates: [1, 2] }, 'Point', true],
  [{ type: 'Point', coordinates: [1, 2, 3, 4] }, 'Point', true],
  [{ type: 'Point', coordinates: [1, 2], crs: { type: 'name', properties: { name: 'EPSG:4326' } } }, 'Point', true],
  [{ type: 'Point', coordinates: [1, 2], crs: { type: 'name', properties: { name: 'EPSG:4269' } } }, 'Point', false],
  [{ type: 'Point', coordinates: [1, 2], crs: 'EPSG:4326' }, 'Point', false],
  [{ type: 'Point', coordinates: [1] }, 'Point', false],
  [{ type: 'Point', coordinates: [1, 2, 3, 4, 5] }, 'Point', false],
  [{ type: 'Point', coordinates: ['1', 2] }, 'Point', false],
  [{ type: 'Point', coordinates: [null, 2] }, 'Point', false],
  [{ type: 'Point', coordinates: [1, 'INF'] }, 'Point', false],
  [{ type: 'Point', coordinates: { 0: 1, 1: 2 } }, 'Point', false],
  [{ type: 'Point', coordinates: [[1, 2]] }, 'Point', false],
  [{ type: 'Point' }, 'Point', false],
  [{ type: 'point', coordinates: [1, 2] }, 'Point', false],
  [{ type: 'LineString', coordinates: SQUARE }, 'Point', false],
  ['Point(1 2)', 'Point', false],
  [7, 'Point', false],
  [[1, 2], 'Point', false],
  [{ type: 'LineString', coordinates: SQUARE }, 'LineString', true],
  [{ type: 'LineString', coordinates: [[1, 2]] }, 'LineString', false],
  [{ type: 'LineString', coordinates: [[1, 2], 3] }, 'LineString', false],
  [
    {
      type: 'LineString',
      coordinates: [
        [1, 2],
        ['x', 'y'],
      ],
    },
    'LineString',
    false,
  ],
  [{ type: 'Polygon', coordinates: [SQUARE, HOLE] }, 'Polygon', true],
  [{ type: 'Polygon', coordinates: [] }, 'Polygon', false],
  [{ type: 'Polygon', coordinates: SQUARE_OF_FOUR }, 'Polygon', false],
  [
    {
      type: 'Polygon',
      coordinates: [
        SQUARE,
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
    'Polygon',
    false,
  ],
  [{ type: 'Polygon', coordinates: SQUARE }, 'Polygon', false],
];

const radians = (degrees: number): number => (degrees / 180) * Math.PI;

/** By the chord through the sphere, unlike what is tested. */
function onSphere([lambda, phi]: Position, [mu, psi]: Position): number {
  const unit = (longitude: number, latitude: number): readonly number[] => [
    Math.cos(radians(latitude)) * Math.cos(radians(longitude)),
    Math.cos(radians(latitude)) * Math.sin(radians(longitude)),
    Math.sin(radians(latitude)),
  ];
  const [a, b] = [unit(lambda, phi), unit(mu, psi)];
  return 2 * RADIUS * Math.asin(Math.min(1, Math.hypot(...a.map((each, index) => each - b[index]!)) / 2));
}

function lengthOf(line: readonly Position[], distance: (a: Position, b: Position) => number): number {
  return line.slice(1).reduce((sum, position, index) => sum + distance(line[index]!, position), 0);
}

/** By the number of times that a ring goes around a point with whole coordinates, unlike what is tested. */
function isWithin([x, y]: Position, polygon: Polygon): boolean {
  const [outer, ...holes] = polygon.map((ring) => {
    let winding = 0;
    let isBorder = false;
    for (const [index, [x2, y2]] of ring.slice(1).entries()) {
      const [x1, y1] = ring[index]!;
      const side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
      const isBetween = (x - x1) * (x - x2) <= 0 && (y - y1) * (y - y2) <= 0;
      if (side === 0 && isBetween) isBorder = true;
      if (y1 <= y && y2 > y && side > 0) winding++;
      if (y1 > y && y2 <= y && side < 0) winding--;
    }
    return { isBorder, isInside: Math.abs(winding) % 2 === 1 };
  });
  return (outer!.isBorder || outer!.isInside) && holes.every(({ isBorder, isInside }) => isBorder || !isInside);
}

const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const place = fc.tuple(longitude, latitude);
const grid = fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 }));
const ring = fc
  .array(grid, { minLength: 3, maxLength: 7 })
  .map((positions): readonly Position[] => [...positions, positions[0]!]);

onEachDatabase('functions of geography [OData-URL 5.1.1.11]', (service) => {
  const computed = async (expression: string, thing = 1): Promise<unknown> => {
    const answer = await service.get(url(`Things(${String(thing)})`, { $compute: `${expression} as c`, $select: 'c' }));
    return answer.status === 200 ? answer.json.c : answer.text;
  };
  const put = (id: number, members: object) =>
    service.send('PUT', `Things(${String(id)})`, { body: JSON.stringify({ Id: id, ...members }) });

  it.each(CASES)('%s is %s', async (expression, value) => {
    const crs = { type: 'name', properties: { name: 'EPSG:4269' } };
    await put(1, { Point: { type: 'Point', coordinates: [0, 0] }, Spot: { type: 'Point', coordinates: [1, 1], crs } });
    const result = await computed(expression);
    if (typeof value === 'number' && value !== 0) expect(Number(result) / value).toBeCloseTo(1, 12);
    else expect(result).toBe(value);
  });

  it.each(REFUSED)('%s is refused with %s: %s', async (filter, status, reason) => {
    const answer = await service.get(url('Things', { $filter: filter }));
    expect([answer.status, answer.json.error.message]).toEqual([status, expect.stringContaining(reason)]);
  });

  it('works in $orderby, $apply and with values that were computed from literals', async () => {
    for (const [id, x] of [
      [11, 30],
      [12, 10],
      [13, 20],
    ] as const)
      await put(id, { Point: { type: 'Point', coordinates: [x, 0] } });
    const distance = `geo.distance(Point,${geography('Point(0 0)')})`;
    const ordered = await service.get(url('Things', { $filter: 'Id gt 10', $orderby: distance, $select: 'Id' }));
    expect(ordered.json.value.map(({ Id }: { Id: number }) => Id)).toEqual([12, 13, 11]);
    const apply = `filter(Id gt 10)/aggregate(${distance} with max as m)`;
    const [row] = (await service.get(url('Things', { $apply: apply }))).json.value;
    expect(row.m / onSphere([0, 0], [30, 0])).toBeCloseTo(1, 12);
  });

  it.each(DYNAMIC)('a dynamic property with %j is a %s: %s', async (value, kind, isOne) => {
    await put(20, { Loose: { shape: value, list: [value] } });
    const call = {
      Point: (shape: string) => `geo.distance(${shape},${geography('Point(0 0)')})`,
      LineString: (shape: string) => `geo.length(${shape})`,
      Polygon: (shape: string) => `geo.intersects(${geography('Point(0 0)')},${shape})`,
    }[kind];
    const { json } = await service.get(url('Things', { $filter: `Id eq 20 and ${call('Loose/shape')} ne null` }));
    expect(json.value).toHaveLength(Number(isOne));
    const items = await service.get(url('Things', { $filter: `Loose/list/any(s:${call('s')} ne null)` }));
    expect(items.json.value).toHaveLength(Number(isOne));
  });

  it('measures what $apply, $compute and case made', async () => {
    await put(30, { Flag: true, Point: { type: 'Point', coordinates: [3, 0] } });
    const origin = geography('Point(0 0)');
    const expected = onSphere([0, 0], [3, 0]);
    for (const apply of [
      `filter(Id eq 30)/groupby((Point))/compute(geo.distance(Point,${origin}) as d)`,
      `filter(Id eq 30)/compute(Point as p)/aggregate(geo.distance(p,${origin}) with max as d)`,
      `filter(Id eq 30)/compute(case(Flag:Point,true:${origin}) as p)/compute(geo.distance(p,${origin}) as d)`,
      `filter(Id eq 30)/compute(case(not Flag:Point,true:${geography('Point(3 0)')}) as p)/compute(geo.distance(p,${origin}) as d)`,
      `filter(Id eq 30)/compute(${geography('Point(3 0)')} as p)/groupby((p))/compute(geo.distance(p,${origin}) as d)`,
    ]) {
      const { status, json, text } = await service.get(url('Things', { $apply: apply }));
      expect([apply, status, status === 200 ? json.value[0].d / expected : text]).toEqual([
        apply,
        200,
        expect.closeTo(1, 12),
      ]);
    }
    const distance = await computed(`geo.distance(case(Flag:Point,true:${origin}),${origin})`, 30);
    expect(Number(distance) / expected).toBeCloseTo(1, 12);
    const { json } = await service.get(
      url('Things', {
        $compute: `${geography('Point(3 0)')} as p`,
        $filter: `geo.distance(p,Point) eq 0`,
        $select: 'Id,p',
      }),
    );
    expect(json.value).toMatchObject([{ Id: 30, p: { type: 'Point', coordinates: [3, 0] } }]);
  });

  describe('for any shapes', () => {
    it('texts are those that literals are written with', async () => {
      const text = fc.oneof(
        place.map(pointText),
        fc.array(place, { minLength: 2, maxLength: 4 }).map(lineText),
        fc.array(ring, { minLength: 1, maxLength: 3 }).map(polygonText),
      );
      await fc.assert(
        fc.asyncProperty(text, async (written) => {
          const literal = `SRID=4326;${written.replaceAll('e+', 'e')}`;
          expect(await computed(`cast(geography'${literal}',Edm.String)`)).toBe(
            literal.replaceAll(/-0(?=[ ,)])/g, '0'),
          );
        }),
        { numRuns: 40 },
      );
    });

    it('distances and lengths are those of a naive evaluation', async () => {
      await fc.assert(
        fc.asyncProperty(place, fc.array(place, { minLength: 2, maxLength: 6 }), async (here, line) => {
          const shapes = {
            Point: { type: 'Point', coordinates: here },
            Route: { type: 'LineString', coordinates: line },
          };
          await put(2, { ...shapes, Loose: shapes });
          const flat = (a: Position, b: Position): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
          const pairs = [
            [await computed(`geo.distance(Point,${geography(pointText(line[0]!))})`, 2), onSphere(here, line[0]!)],
            [await computed('geo.length(Route)', 2), lengthOf(line, onSphere)],
            [await computed('geo.length(Loose/Route)', 2), lengthOf(line, onSphere)],
            [
              await computed(`geo.distance(${geometry(pointText(here))},${geometry(pointText(line[0]!))})`, 2),
              flat(here, line[0]!),
            ],
            [await computed(`geo.length(${geometry(lineText(line))})`, 2), lengthOf(line, flat)],
          ] as const;
          for (const [actual, expected] of pairs) {
            const off = Math.abs(Number(actual) - expected);
            expect([here, line, actual, expected, off <= 0.001 + expected * 1e-7]).toEqual([
              here,
              line,
              actual,
              expected,
              true,
            ]);
          }
        }),
        { numRuns: 40 },
      );
    });

    it('a point is in a polygon where a naive evaluation says so', async () => {
      await fc.assert(
        fc.asyncProperty(grid, fc.array(ring, { minLength: 1, maxLength: 3 }), async (point, polygon) => {
          const shapes = {
            Point: { type: 'Point', coordinates: point },
            Area: { type: 'Polygon', coordinates: polygon },
          };
          await put(3, { ...shapes, Loose: shapes });
          const expected = isWithin(point, polygon);
          const results = [
            await computed('geo.intersects(Point,Area)', 3),
            await computed(`geo.intersects(${geometry(pointText(point))},${geometry(polygonText(polygon))})`, 3),
            await computed('geo.intersects(Loose/Point,Loose/Area)', 3),
            await computed(`geo.intersects(Loose/Point,${geometry(polygonText(polygon))})`, 3),
          ];
          expect([point, polygon, results]).toEqual([point, polygon, results.map(() => expected)]);
        }),
        { numRuns: 100 },
      );
    });
  });
});
