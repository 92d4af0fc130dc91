import { describe, expect, it } from '@jest/globals';

import { graphProfile } from '../../src/graph/index.js';
import { ROOT, useService } from '../protocol/service-in-test.js';

import { office } from './office.js';

const service = useService(office, { profile: graphProfile({ authentication: 'any' }) });
const headers = { Authorization: 'Bearer any' };
const get = (url: string) => service.send('GET', url, { headers });

// [Graph: Working with Microsoft 365 usage reports]
describe('a usage report', () => {
  it.each([
    ['a file', "reports/getUsers(period='D7')"],
    ['a file, by its name in any case', "reports/getusers(period='D7')"],
    ['its content', "reports/getUsers(period='D7')/content"],
    ['a table asked for as text', 'reports/getCounts()?$format=text/csv'],
    ['a table asked for as text, without parentheses', 'reports/getCounts?$format=text%2Fcsv'],
  ])('is where a 302 leads to: %s', async (_name, url) => {
    const { status, headers: sent, text } = await get(url);
    expect([status, text]).toEqual([302, '']);
    expect(sent.get('x-mockgraph-answer')).toBe('sample');
    const location = sent.get('Location')!;
    expect(location.startsWith(`${ROOT}/reports/get`)).toBe(true);
    const file = await service.send('GET', location);
    expect(file.status).toBe(200);
    expect(file.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('Content-Disposition')).toMatch(/^attachment; filename="get(Users|Counts)\.csv"$/);
  });

  it('has the columns that the schema declares', async () => {
    const location = (await get('reports/getCounts()?$format=text/csv')).headers.get('Location')!;
    const [titles, line, end] = (await service.send('GET', location)).text.split('\r\n');
    expect(titles).toBe('Id,User Name,Sent');
    expect(line).toMatch(/^[0-9a-f-]{36},User Name value,Sent value$/);
    expect(end).toBe('');
  });

  it('is JSON where its columns are declared and nothing else is asked for', async () => {
    for (const url of ['reports/getCounts', 'reports/getCounts?$format=application/json']) {
      const { status, json } = await get(url);
      expect([status, json.value[0].userName]).toEqual([200, 'User Name value']);
    }
  });

  it('holds its content where the function is none of the usage reports', async () => {
    const { status, json } = await get('reports/configurationActivity()');
    expect([status, json['@odata.type'], typeof json.content]).toEqual([200, '#microsoft.graph.report', 'string']);
  });

  it('gives its content by itself as JSON', async () => {
    const { status, json } = await get("reports/getUsers(period='D7')/content?$format=application/json");
    expect([status, typeof json.value]).toEqual([200, 'string']);
  });

  it.each([
    [406, 'reports/configurationActivity()?$format=text/csv'],
    [406, "reports/getUsers(period='D7')?$format=text/html"],
    [400, "reports/getUsers(perio='D7')"],
    [400, "reports/getUsers(period='D7')/content/length"],
  ])('is refused with %i: %s', async (status, url) => {
    expect((await get(url)).status).toBe(status);
  });

  it('needs a token, but for the file that the redirection names', async () => {
    expect((await service.send('GET', 'reports/getCounts')).status).toBe(401);
    expect((await service.send('GET', 'reports/getCounts?tempauth=')).status).toBe(401);
    expect((await service.send('GET', 'people?tempauth=1')).status).toBe(401);
    expect((await service.send('POST', 'reports/getCounts?tempauth=1')).status).toBe(401);
  });
});
