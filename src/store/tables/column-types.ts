import type { ColumnType } from 'typeorm';

/** What the tables' columns are called in a database. */
export interface ColumnTypes {
  /** An integer that counts up by itself, and the same as a reference to one. */
  readonly sequence: ColumnType & string;
  /** Order of texts by their code points; undefined where that is so anyway. */
  readonly collation: string | undefined;
  /** Bytes of any number. */
  readonly bytes: ColumnType & string;
  /** The statement after which positions of changes are higher than one that was given; undefined where they are anyway. */
  readonly continueChanges?: (position: number) => string;
}
