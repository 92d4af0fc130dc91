import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('Canonical functions [OData-URL 5.1.1.4 to 5.1.1.9]', () => {
  it.each([
    ["contains(Name,'a')", 'contains(Name:String, a:String):Boolean'],
    ["CONTAINS(Name,'a')", 'contains(Name:String, a:String):Boolean'],
    ["startsWith(Name,'a')", 'startswith(Name:String, a:String):Boolean'],
    ['substring(Name,1,2)', 'substring(Name:String, 1:Int32, 2:Int32):String'],
    ['length(Name) add 1', '(length(Name:String):Int32 add 1:Int32):Int32'],
    ['year(CreatedAt)', 'year(CreatedAt:DateTimeOffset):Int32'],
    ['year(Born)', 'year(Born:Date):Int32'],
    ['hour(Opens)', 'hour(Opens:TimeOfDay):Int32'],
    ['totalseconds(Takes)', 'totalseconds(Takes:Duration):Decimal'],
    ['now() gt CreatedAt', '(now():DateTimeOffset gt CreatedAt:DateTimeOffset)'],
    ['now()', 'now():DateTimeOffset'],
    ['mindatetime()', 'mindatetime():DateTimeOffset'],
    ['round(Price)', 'round(Price:Double):Double'],
    ['round(Number)', 'round(cast(Number:Int32, Decimal)):Decimal'],
    ['round(3.5)', 'round(3.5:Decimal):Decimal'],
    ['floor(Weight)', 'floor(cast(Weight:Single, Double)):Double'],
    ['ceiling(Width)', 'ceiling(Width:Length):Decimal'],
    ['date(CreatedAt) eq 2020-01-01', '(date(CreatedAt:DateTimeOffset):Date eq 2020-01-01:Date)'],
    ['contains(null,Name)', 'contains(null, Name:String):Boolean'],
    [
      'tolower(Name) eq toupper(trim(Name))',
      '(tolower(Name:String):String eq toupper(trim(Name:String):String):String)',
    ],
    ["indexof(Name,'a')", 'indexof(Name:String, a:String):Int32'],
    ["concat(Name,concat('a',Name))", 'concat(Name:String, concat(a:String, Name:String):String):String'],
    ['totaloffsetminutes(CreatedAt)', 'totaloffsetminutes(CreatedAt:DateTimeOffset):Int32'],
    ['fractionalseconds(Opens)', 'fractionalseconds(Opens:TimeOfDay):Decimal'],
    ['time(CreatedAt)', 'time(CreatedAt:DateTimeOffset):TimeOfDay'],
    ['maxdatetime()', 'maxdatetime():DateTimeOffset'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      'contains(Name)',
      "400 The function 'contains' does not take 1 argument: it is declared as contains(Edm.String,Edm.String) (position 0).",
    ],
    [
      'contains(Name,5)',
      "400 The function 'contains' does not take 'Edm.String', 'Edm.Int32': it is declared as contains(Edm.String,Edm.String) (position 0).",
    ],
    ["contians(Name,'a')", "400 There is no function named 'contians'. Did you mean 'contains'?"],
    ["substringof('a',Name)", "400 There is no function named 'substringof'. Did you mean 'substring'?"],
    ['substring(Name,-1)', "400 'substring' does not take the negative number -1 (position 15)."],
    ['substring(Name,1,-1)', "400 'substring' does not take the negative number -1 (position 17)."],
    ['substring(Name,-(1))', "400 'substring' does not take the negative number -1 (position 15)."],
    [
      'substring(Name,1.5)',
      "400 The function 'substring' does not take 'Edm.String', 'Edm.Decimal': it is declared as substring(Edm.String,Edm.Int32), substring(Edm.String,Edm.Int32,Edm.Int32) (position 0).",
    ],
    [
      'substring(Name,99999999999)',
      "400 The literal must be an integer from -2147483648 to 2147483647, not '99999999999' (position 15).",
    ],
    [
      'concat(Tags,Tags)',
      '400 An expression needs a single value; a collection can be used with any, all or $count (position 0).',
    ],
    ['isdefined(Tags)', "501 The function 'isdefined' is not supported (position 0)."],
    ['contains(Addresses,[{"Sity":"x"}])', "400 The type 'Shop.Model.Address' has no property 'Sity' (position 20)."],
    [
      'hassubset([[1]],[[1]])',
      "400 The function 'hassubset' does not take a list of lists: the items of a collection are no collections (position 11).",
    ],
    [
      'year(Name)',
      "400 The function 'year' does not take 'Edm.String': it is declared as year(Edm.Date), year(Edm.DateTimeOffset) (position 0).",
    ],
    [
      'length(Address)',
      "400 The function 'length' needs a primitive value, not one of type 'Shop.Model.Address' (position 7).",
    ],
    ['Shop.age(1,2)', "400 The parameters of the function 'Shop.age' need their names (position 0)."],
    ['Shop.agee(1,2)', "400 There is no function named 'Shop.agee'."],
    ['now(1)', "400 The function 'now' does not take 1 argument: it is declared as now() (position 0)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Functions of geography [OData-URL 5.1.1.11]', () => {
  it.each([
    [
      "geo.distance(Place,geography'SRID=4326;Point(1 2)') lt 5",
      '(geo.distance(Place:GeographyPoint, {"type":"Point","coordinates":[1,2]}:GeographyPoint):Double lt 5:Double)',
    ],
    ['geo.intersects(Place,Area)', 'geo.intersects(Place:GeographyPoint, Area:GeographyPolygon):Boolean'],
    ['geo.length(Route)', 'geo.length(Route:GeographyLineString):Double'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      'geo.length(Place)',
      "400 The function 'geo.length' does not take 'Edm.GeographyPoint': it is declared as geo.length(Edm.GeographyLineString), geo.length(Edm.GeometryLineString) (position 0).",
    ],
    [
      "geo.distance(Place,geometry'SRID=0;Point(1 2)') lt 5",
      "400 The function 'geo.distance' does not take 'Edm.GeographyPoint', 'Edm.GeometryPoint': it is declared as geo.distance(Edm.GeographyPoint,Edm.GeographyPoint), geo.distance(Edm.GeometryPoint,Edm.GeometryPoint) (position 0).",
    ],
    ['geo.lenth(Route)', "400 There is no function named 'geo.lenth'. Did you mean 'geo.length'?"],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
