import { describe, expect, it } from '@jest/globals';

import { tolerateUrls } from '../../src/graph/tolerant-urls.js';
import type { ServiceRequest } from '../../src/service.js';

async function read(url: string): Promise<string> {
  const request: ServiceRequest = { method: 'GET', url, root: 'http://host:1/beta', headers: new Map(), id: 'id' };
  let seen = '';
  await tolerateUrls(request, (next) => {
    expect(next).toEqual({ ...request, url: next.url });
    seen = next.url;
    return Promise.resolve({ status: 200, headers: new Map() });
  });
  return seen;
}

describe('a URL below the root', () => {
  it.each([
    ['', ''],
    ['users', 'users'],
    ['/users', 'users'],
    ['//users', 'users'],
    ['users//1///name', 'users/1/name'],
    ['users/1/', 'users/1/'],
    ["users('a//b')", "users('a//b')"],
    ["users('O''Neil//x')//name", "users('O''Neil//x')/name"],
    ["users/O'Neil//name", "users/O'Neil/name"],
    ["f(url='https://host/a//b')", "f(url='https://host/a//b')"],
    ['users?$filter=a//b', 'users?$filter=a//b'],
    ['http://host:1/beta/users?$skiptoken=x', 'users?$skiptoken=x'],
    ['/https://host/Beta/users', 'users'],
    ['http:/host:1/beta/users', 'users'],
    ['http://host:1/beta', ''],
    ['http://host:1/beta?$format=json', '?$format=json'],
    ['http://host:1/beta//users//1', 'users/1'],
    ['http://host:1/v1.0/users', 'http:/host:1/v1.0/users'],
    ['http://host:1/betamax/users', 'http:/host:1/betamax/users'],
    ['http', 'http'],
    ['users/http://host/beta/x', 'users/http:/host/beta/x'],
  ])('%j is %j', async (url, expected) => {
    expect(await read(url)).toBe(expected);
  });
});
