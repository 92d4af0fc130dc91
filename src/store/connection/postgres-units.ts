/*
 * On PostgreSQL changes become visible in the order of the commits, not in that of their positions: with 7 given to one
 * unit and 8 to another, a reader may see 8 alone. So each unit announces, before its first change, the last position
 * that was given until then, by a shared lock that ends with the unit, after its commit has become visible. A position
 * before all announced ones has nothing unseen before it.
 */

/** Positions are negative as keys of locks, to be told from the lock for migrations. */
const key = '-1 - last_value';

/** Begins a transaction and announces it, in one message. */
export const beginUnit = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SELECT pg_advisory_xact_lock_shared(${key}) FROM change_position_seq`;

/** A lock's 64-bit key lies in two columns of 32 bits. https://www.postgresql.org/docs/current/view-pg-locks.html */
export const oldestUnit = `SELECT min(-1 - ((classid::bigint << 32) | objid::bigint)) FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >= 2147483648
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
