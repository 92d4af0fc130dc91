import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { parseJson, type JsonObject, type JsonValue } from '../../../src/edm/json.js';
import { expectProblem, fromText, typeNamed, valueOf } from './cases.js';

describe('geographic and geometric types [OData-JSON 7.1]', () => {
  it.each([
    ['Edm.GeographyPoint', 'SRID=4326;Point(142.1 64.1)', '{"type":"Point","coordinates":[142.1,64.1]}'],
    ['Edm.GeographyPoint', 'SRID=4326;Point(1 2 3 4)', '{"type":"Point","coordinates":[1,2,3,4]}'],
    ['Edm.GeometryPoint', 'SRID=0;Point(1 -2e30)', '{"type":"Point","coordinates":[1,-2e+30]}'],
    ['Edm.GeographyLineString', 'SRID=4326;LineString(1 2,3 4)', '{"type":"LineString","coordinates":[[1,2],[3,4]]}'],
    [
      'Edm.GeometryPolygon',
      'SRID=0;Polygon((0 0,1 0,1 1,0 0))',
      '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}',
    ],
    ['Edm.GeometryMultiPoint', 'SRID=0;MultiPoint((1 2),(3 4))', '{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}'],
    ['Edm.GeometryMultiPoint', 'SRID=0;MultiPoint()', '{"type":"MultiPoint","coordinates":[]}'],
    [
      'Edm.GeometryMultiLineString',
      'SRID=0;MultiLineString((1 2,3 4),(5 6,7 8))',
      '{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}',
    ],
    [
      'Edm.GeometryMultiPolygon',
      'SRID=0;MultiPolygon(((0 0,1 0,1 1,0 0)))',
      '{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}',
    ],
    [
      'Edm.GeographyCollection',
      'SRID=4326;GeometryCollection(Point(1 2),LineString(1 2,3 4))',
      '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}',
    ],
    [
      'Edm.Geography',
      'SRID=0;Point(1 2)',
      '{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:0"}}}',
    ],
    ['Edm.Geometry', 'SRID=0;LineString(1 2,3 4)', '{"type":"LineString","coordinates":[[1,2],[3,4]]}'],
  ])('%s: %s is %s', (name, text, json) => {
    const type = typeNamed(name);
    expect(fromText(name, text)).toBe(json);
    expect(type.fromJson(parseJson(json), {})).toEqual({ value: json });
    expect(type.toText(json)).toBe(text);
    expect(type.toJson(json, false)).toBe(json);
    expect(type.toLiteral(json)).toBe(`${name.startsWith('Edm.Geography') ? 'geography' : 'geometry'}'${text}'`);
  });

  it('ignores case, optional spaces and a missing SRID in text', () => {
    const json = '{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}';
    expect(fromText('Edm.Geometry', 'collection( MULTIPOINT((1 2), (3  4)) )')).toBe(json);
  });

  it('puts members in order and drops the bounding box', () => {
    const value = { coordinates: [-0, 1], bbox: [0, 1, 0, 1], type: 'Point' };
    expect(typeNamed('Edm.GeographyPoint').fromJson(value, {})).toEqual({
      value: '{"type":"Point","coordinates":[0,1]}',
    });
  });

  it.each([
    ['SRID=4326;Point(1)', 'must be well-known text such as'],
    ['SRID=4326;Point(1 2 3 4 5)', 'must be well-known text'],
    ['SRID=4326;Point 1 2', 'must be well-known text'],
    ['SRID=4326;Point(1 2', 'must be well-known text'],
    ['SRID=4326;Point(1 2))', 'must be well-known text'],
    ['SRID=4326;Point(1e999 2)', 'must be well-known text'],
    ['SRID=123456;Point(1 2)', 'must be well-known text'],
    ['Circle(1 2)', 'must be well-known text'],
    ['', 'must be well-known text'],
    ['MultiPoint((1 2),)', 'must be well-known text'],
    ['LineString(1 2)', 'must have at least two positions'],
    ['Polygon((0 0,1 0,1 1,0 1))', 'must have polygon rings of four or more positions that end where they start'],
    ['Polygon()', 'must have at least one ring'],
    [`${'Collection('.repeat(100_000)}`, 'must not nest collections that deep'],
  ])('refuses the text %.60s', (text, part) => expectProblem(typeNamed('Edm.Geography').fromText(text, {}), part));

  it.each<[JsonValue, string]>([
    ['Point(1 2)', "must be a GeoJSON object, not 'Point(1 2)'"],
    [{}, "must have a GeoJSON 'type'"],
    [{ type: 'point', coordinates: [1, 2] }, "must have a GeoJSON 'type'"],
    [{ type: 'Point' }, "must have an array 'coordinates'"],
    [{ type: 'Point', coordinates: ['1', 2] }, 'must have positions of two to four numbers'],
    [{ type: 'LineString', coordinates: [1, 2] }, 'must have positions in nested arrays, not 1'],
    [{ type: 'Point', coordinates: [1, 2], colour: 'red' }, "must not have the member 'colour'"],
    [{ type: 'Point', coordinates: [1, 2], crs: 4326 }, "must have a 'crs' with a name such as EPSG:4326"],
    [{ type: 'GeometryCollection', geometries: [1] }, "must have GeoJSON objects as 'geometries', not 1"],
  ])('refuses the JSON %j', (value, part) => expectProblem(typeNamed('Edm.Geography').fromJson(value, {}), part));

  it('refuses shapes of another kind', () => {
    expectProblem(
      typeNamed('Edm.GeographyPoint').fromText('LineString(1 2,3 4)', {}),
      'must be a Point, not a LineString',
    );
  });

  it('applies the SRID facet [CSDL-JSON 7.2.6]', () => {
    const type = typeNamed('Edm.GeometryPoint');
    const value = valueOf(type.fromText('Point(1 2)', { srid: 25832 }));
    expect(type.toText(value)).toBe('SRID=25832;Point(1 2)');
    expectProblem(type.fromText('SRID=4326;Point(1 2)', { srid: 25832 }), 'must have the SRID 25832, not 4326');
    expect(type.fromText('SRID=4326;Point(1 2)', { srid: 'variable' })).toHaveProperty('value');
  });

  it('reads back every line', () => {
    const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true });
    const line = fc.array(fc.array(coordinate, { minLength: 2, maxLength: 4 }), { minLength: 2 });
    fc.assert(
      fc.property(line, fc.nat({ max: 99_999 }), (coordinates, srid) => {
        const type = typeNamed('Edm.GeographyLineString');
        const crs: JsonObject = { type: 'name', properties: { name: `EPSG:${srid}` } };
        const value = valueOf(type.fromJson({ type: 'LineString', coordinates, crs }, {}));
        expect(type.fromText(type.toText(value), {})).toEqual({ value });
        expect(type.fromJson(parseJson(type.toJson(value, false)), {})).toEqual({ value });
      }),
    );
  });
});
