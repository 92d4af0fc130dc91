import type { TechnicalService } from './technical-service.js';

/** What the rows are for: 1 ordinary, 2 lowest values, 3 highest values, 4 nulls, 5 to 8 neighbours of others, 6 and 7 derived. */
export const THINGS: readonly string[] = [
  `{"Id":1,"Code":"one","Flag":true,"Tiny":1,"Octet":1,"Short":1,"Whole":1,"Big":1,"Exact":0.1,"Real":0.5,"Half":0.5,
    "Name":"apple","Token":"00000000-0000-0000-0000-000000000001","Bytes":"AAEC","Day":"2024-02-29",
    "Instant":"2024-02-29T23:59:58.1234567Z","Clock":"13:14:15.25","Span":"PT1H","Cost":2.50,"Color":"red","Style":"bold",
    "Point":{"type":"Point","coordinates":[10,50]},"Place":{"Street":"Via","City":"Rome","Zip":5,"Tags":["a","b"],"Inner":{"City":"Bari"}},
    "Loose":{"Known":"k","more":5},
    "Flags":[true],"Wholes":[1,2,3],"Bigs":[1,9007199254740993],"Exacts":[0.1,0.2],"Reals":[0.5],"Names":["x","yy"],
    "Tokens":["00000000-0000-0000-0000-000000000001"],"Days":["2024-02-29"],"Instants":["2024-02-29T23:59:58.1234567Z"],
    "Clocks":["13:14:15.25"],"Spans":["PT1H"],"Colors":["red","blue"],"Blobs":["AAEC"],
    "Places":[{"City":"Rome","Zip":1},{"@odata.type":"#technical.Home","City":"Oslo","Zip":9,"Rooms":3}],
    "Cover":{"Id":"c1","Size":3}}`,
  `{"Id":2,"Code":"two","Flag":false,"Tiny":-128,"Octet":0,"Short":-32768,"Whole":-2147483648,"Big":-9223372036854775808,
    "Exact":-1234567890123456789012345678.5,"Real":-1.7976931348623157e308,"Half":-3.4e38,"Name":"",
    "Token":"00000000-0000-0000-0000-000000000000","Bytes":"","Day":"0001-01-01","Instant":"0001-01-01T00:00:00Z",
    "Clock":"00:00:00","Span":"-P10675199DT2H48M5.4775807S","Cost":-2.5,"Color":"green","Style":"plain",
    "Point":{"type":"Point","coordinates":[-180,-90]},"Place":{"City":"","Tags":[]},
    "Bigs":[-9223372036854775808],"Exacts":[-1234567890123456789012345678.5],"Wholes":[],"Names":[""]}`,
  `{"Id":3,"Code":"three","Tiny":127,"Octet":255,"Short":32767,"Whole":2147483647,"Big":9223372036854775807,
    "Exact":1234567890123456789012345678.5,"Real":1.7976931348623157e308,"Half":3.4e38,"Name":"100%_\\\\'\\"",
    "Token":"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF","Bytes":"_-8=","Day":"9999-12-31","Instant":"9999-12-31T23:59:59.9999999Z",
    "Clock":"23:59:59.9999999","Span":"P10675199DT2H48M5.4775807S","Cost":9999999999.99,"Color":"blue","Style":"bold,italic,wide",
    "Place":{"@odata.type":"#technical.Home","City":"Bath","Zip":7,"Tags":[],"Rooms":2},"Wholes":[2147483647],"Names":["100%"]}`,
  `{"Id":4}`,
  `{"Id":5,"Code":"five","Flag":true,"Whole":-7,"Big":9007199254740993,"Exact":1234567890123456789012345678.25,"Real":"NaN",
    "Name":"🍎 Ärger","Loose":{"deep":{"x":[1,2.5],"y":{"z":"deep"}},"list":["a","b",null],"when":"2024-01-01","whole":7,
    "id":"00000000-0000-0000-0000-0000000000AA","home":{"@odata.type":"#technical.Home","City":"Rome"},
    "homes":[{"@odata.type":"#technical.Home","City":"Rome","Rooms":2,"Inner":{"City":"Bari"},"Since":"2024-01-01T00:00:00Z"},
      {"City":"Oslo"},{"@odata.type":"#technical.Address","City":"Bath","Zip":"none"}]},"Instant":"2024-02-29T23:59:58.1234568Z","Clock":"13:14:15.2500001","Span":"PT1H0.0000001S","Day":"2024-03-01",
    "Style":"both","Point":{"type":"Point","coordinates":[10,51]}}`,
  `{"Id":6,"@odata.type":"#technical.Gadget","Code":"six","Flag":false,"Whole":7,"Big":9007199254740992,"Exact":-0.1,"Real":"INF",
    "Name":"Apple","Instant":"2024-03-01T01:59:58.1234567+02:00","Volts":12}`,
  `{"Id":7,"@odata.type":"#technical.Robot","Code":"seven","Whole":0,"Exact":0,"Real":"-INF","Name":"%","Volts":24,"Model":"R2"}`,
  `{"Id":8,"Code":"eight","Whole":100,"Exact":0.10,"Real":-0.0,"Name":"a_b  ","Place":{"City":"Rome","Zip":null,"Tags":["a"]}}`,
];

/** Things with relations: 1 → Friend 2, Friends 2, 3; 2 → Friend 3; contained parts and covers; bags. */
export async function seedThings(service: TechnicalService): Promise<void> {
  await service.create(
    'Bags',
    '{"Id":"b1","Label":"first","dyn":1,"text":"free"}',
    '{"Id":"b2","Label":null,"dyn":"x"}',
  );
  await service.create('Things', ...THINGS);
  const reference = async (property: string, id: string, method = 'POST') => {
    const answer = await service.send(method, `${property}/$ref`, { body: `{"@odata.id":"${id}"}` });
    if (answer.status !== 204) throw new Error(`${property}: ${answer.text}`);
  };
  await reference('Things(1)/Friend', 'Things(2)', 'PUT');
  await reference('Things(2)/Friend', 'Things(3)', 'PUT');
  await reference('Things(1)/Friends', 'Things(2)');
  await reference('Things(1)/Friends', 'Things(3)');
  await reference('Things(1)/Bag', "Bags('b1')", 'PUT');
  await reference('Things(3)/Bags', "Bags('b1')");
  await reference('Things(3)/Bags', "Bags('b2')");
  await service.create('Things(1)/Parts', '{"Id":"p1","Size":1}', '{"Id":"p2","Size":2}', '{"Id":"p3","Size":null}');
  await service.create("Things(1)/Parts('p1')/Parts", '{"Id":"q1","Size":10}');
  await service.create('Things(2)/Parts', '{"Id":"p1","Size":5}');
  const settings = '{"Theme":"dark","Size":5,"Place":{"Zip":7}}';
  const { status, text } = await service.send('PATCH', 'Settings', { body: settings });
  if (status >= 300) throw new Error(`Settings: ${text}`);
  await service.create('Settings/Rules', '{"Id":"r1","Size":3}');
  await reference('Settings/Favourite', 'Things(4)', 'PUT');
}

/** Members in the order in which they are written, without what every entity has. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== '@odata.context' && name !== '@odata.etag');
  return Object.fromEntries(entries.map(([name, each]) => [name, bare(each)]));
}
