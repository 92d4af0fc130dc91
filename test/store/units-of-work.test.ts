import { describe, expect, it } from '@jest/globals';

import { internal } from '../../src/error/index.js';
import type { Connection, Database } from '../../src/store/connection/connection.js';
import { sqlite } from '../../src/store/sql/index.js';
import { UnitsOfWork } from '../../src/store/units-of-work.js';

/** A database that notes what is done with it and fails where it is told to. */
function recordingDatabase(failures: Partial<Record<'begin' | 'commit' | 'rollback', Error>> = {}) {
  const events: string[] = [];
  const note = (event: 'begin' | 'commit' | 'rollback') => async () => {
    events.push(event);
    if (failures[event]) throw failures[event];
  };
  const connection: Connection = {
    rows: () => [],
    row: () => undefined,
    records: () => [],
    begin: note('begin'),
    commit: note('commit'),
    mark: async () => {},
    rollbackToMark: async () => {},
    unmark: async () => {},
    rollback: note('rollback'),
    release: () => events.push('release'),
  };
  const database: Database = {
    dialect: { ...sqlite({ ignoreCase: false }), exclusive: false },
    syntax: {
      parameter: String,
      toDocument: String,
      fromDocument: String,
      holdRows: '',
      claim: undefined,
      keepRows: '',
      lastChange: '',
      oldestUnit: undefined,
    },
    connect: () => connection,
    isTransient: (error) => (error as Error).message === 'transient',
    close: async () => void events.push('close'),
  };
  return { units: new UnitsOfWork(database), events };
}

describe('UnitsOfWork', () => {
  it('commits what succeeds', async () => {
    const { units, events } = recordingDatabase();
    expect(await units.write(async () => 1)).toBe(1);
    expect(events).toEqual(['begin', 'commit', 'release']);
  });

  it('rolls back what fails', async () => {
    const { units, events } = recordingDatabase();
    await expect(units.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(events).toEqual(['begin', 'rollback', 'release']);
  });

  it('never acknowledges what could not be committed', async () => {
    const { units, events } = recordingDatabase({ commit: internal('The disk is full.') });
    await expect(units.write(async () => 1)).rejects.toThrow('The disk is full.');
    expect(events).toEqual(['begin', 'commit', 'rollback', 'release']);
  });

  it('tries again what others got in the way of, though not for ever', async () => {
    const { units, events } = recordingDatabase();
    let attempts = 0;
    const work = async () => {
      if (++attempts < 3) throw new Error('transient');
      return attempts;
    };
    expect(await units.write(work)).toBe(3);
    expect(events.filter((event) => event === 'rollback')).toHaveLength(2);
    attempts = -10;
    await expect(units.write(work)).rejects.toThrow('transient');
    expect(attempts).toBe(-5);
  });

  it('needs no transaction for a read', async () => {
    const { units, events } = recordingDatabase();
    expect(await units.read(() => 'row')).toBe('row');
    expect(events).toEqual(['release']);
  });

  it('closes the database once', async () => {
    const { units, events } = recordingDatabase();
    await Promise.all([units.close(), units.close()]);
    await expect(units.write(async () => 1)).rejects.toThrow('The store is closed.');
    expect(events).toEqual(['close']);
  });
});
