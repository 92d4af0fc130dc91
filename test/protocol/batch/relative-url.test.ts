import { describe, expect, it } from '@jest/globals';

import { relativeUrl } from '../../../src/protocol/batch/relative-url.js';

// [OData-Protocol 11.7.7.1]
describe('the URL of a request in a batch', () => {
  it.each([
    ['users', 'users'],
    ['/users?$top=1', 'users?$top=1'],
    ['//users', 'users'],
    ['/beta/users', 'users'],
    ['/BETA/users', 'users'],
    ['/beta', ''],
    ['/beta?$top=1', '?$top=1'],
    ['/betas/1', 'betas/1'],
    ['http://127.0.0.1:3000/beta/users', 'users'],
    ['https://graph.microsoft.com/beta/users/1?$select=id', 'users/1?$select=id'],
    ['HTTPS://other', ''],
    ["/users?$filter=url eq 'http://host/beta/x'", "users?$filter=url eq 'http://host/beta/x'"],
    ['$1/Orders', '$1/Orders'],
    ['/$1', '$1'],
  ])('%s is %s', (url, relative) => expect(relativeUrl(url, 'http://127.0.0.1:3000/beta')).toBe(relative));

  it('is all of the path where the root is the host', () => {
    expect(relativeUrl('http://host/users', 'http://host')).toBe('users');
    expect(relativeUrl('/users', 'http://host')).toBe('users');
  });
});
