import type { ColumnType } from 'typeorm';

/** What the tables' columns are called in a database. */
export interface ColumnTypes {
  /** An integer that counts up by itself, and the same as a reference to one. */
  readonly sequence: ColumnType & string;
  /** Order of texts by their code points; undefined where that is so anyway. */
  readonly collation: string | undefined;
}
