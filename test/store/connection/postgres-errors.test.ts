import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';

import { internal } from '../../../src/error/index.js';
import { postgresCode, postgresError } from '../../../src/store/connection/postgres-errors.js';

const failure = (code: string) => Object.assign(new Error('as the driver says'), { code });

const BEYOND = 'The query asks for more than the database can do in one statement';

describe('postgresError', () => {
  it.each([
    ['22P05', 400, 'A text holds a character that cannot be stored.'],
    ['23505', 409, 'There is already an entity with this key.'],
    ['28P01', 500, 'PostgreSQL at host/graph refuses the user or the password.'],
    ['3D000', 500, 'PostgreSQL at host/graph has no such database.'],
    ['40P01', 500, 'Others kept changing the same entities; the request was given up.'],
    ['53100', 500, 'PostgreSQL at host/graph has no space left.'],
    ['54001', 400, `${BEYOND}: as the driver says.`],
    ['54011', 400, `${BEYOND}: as the driver says.`],
    ['22003', 400, `${BEYOND}: as the driver says.`],
    ['22P02', 500, 'The database failed: as the driver says'],
    ['57014', 504, 'The database did not finish in the time that the service gives it: as the driver says.'],
    ['ECONNREFUSED', 500, 'PostgreSQL at host/graph does not answer.'],
    ['XX000', 500, 'The database failed: as the driver says'],
  ])('tells %s', (code, status, message) => {
    const cause = failure(code);
    expect(postgresError(cause, 'host/graph')).toMatchObject({ status, message, cause });
  });

  it('finds the code wherever it was wrapped', () => {
    const wrapped = new QueryFailedError('SELECT 1', [], failure('40001'));
    expect(postgresCode(postgresError(wrapped, 'host/graph'))).toBe('40001');
    expect(postgresCode(internal('other'))).toBeUndefined();
    expect(postgresCode(new Error('plain'))).toBeUndefined();
  });
});
