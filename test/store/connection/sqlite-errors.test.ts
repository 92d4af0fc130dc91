import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';

import { conflict } from '../../../src/error/index.js';
import { sqliteError } from '../../../src/store/connection/sqlite-errors.js';

const failure = (code: string, message = 'as the driver says') => Object.assign(new Error(message), { code });

describe('sqliteError', () => {
  it.each([
    ['SQLITE_BUSY', "The database file 'a.db' is in use by another process."],
    ['SQLITE_BUSY_RECOVERY', "The database file 'a.db' is in use by another process."],
    ['SQLITE_NOTADB', "The file 'a.db' is not a SQLite database."],
    ['SQLITE_CORRUPT', "The database file 'a.db' is damaged."],
    ['SQLITE_FULL', "There is no space left for the database file 'a.db'."],
    ['SQLITE_READONLY_DIRECTORY', "The database file 'a.db' is not writable."],
    ['SQLITE_CANTOPEN', "The database file 'a.db' cannot be opened."],
    ['EACCES', "The database file 'a.db' cannot be opened."],
    ['SQLITE_IOERR_WRITE', "The database file 'a.db' cannot be read or written."],
    ['SQLITE_ERROR', 'The database failed: as the driver says'],
  ])('tells %s', (code, message) => {
    const cause = failure(code);
    expect(sqliteError(cause, 'a.db')).toMatchObject({ status: 500, message, cause });
    expect(sqliteError(new QueryFailedError('SELECT 1', [], cause), 'a.db')).toMatchObject({ status: 500, message });
  });

  it('tells what libsql gives without a code', () => {
    const error = failure('', 'ConnectionFailed("Unable to open connection to local database a.db: 14")');
    expect(sqliteError(error, 'a.db').message).toBe("The database file 'a.db' cannot be opened.");
  });

  it.each([
    'parser stack overflow',
    'Expression tree is too large (maximum depth 1000)',
    'at most 64 tables in a join',
    'too many columns in result set',
    'too many terms in compound SELECT',
    'too many terms in ORDER BY clause',
    'too many SQL variables',
    'too many arguments on function max',
    'variable number must be between ?1 and ?32766',
    'string or blob too big',
    'LIKE or GLOB pattern too complex',
    'integer overflow',
  ])('tells that a statement goes beyond a limit: %s', (reason) => {
    const cause = failure('SQLITE_ERROR', reason);
    const message = `The query asks for more than the database can do in one statement: ${reason}.`;
    expect(sqliteError(cause, 'a.db')).toMatchObject({ status: 400, message, cause });
  });

  it('leaves other errors of the service as they are', () => {
    const error = conflict('taken');
    expect(sqliteError(error, 'a.db')).toBe(error);
  });
});
