export { compileApply, compileApplyCount } from './apply/index.js';
export { compileCrossjoin, compileCrossjoinCount, readCrossjoinRow } from './compile-crossjoin.js';
export { compileItemCount, compileItems } from './compile-items.js';
export { compileCount, compileSelect, compileValue, type CompileContext } from './compile-select.js';
export type { Dialect, DialectOptions } from './dialect.js';
export { postgres, refusalOf as postgresRefusalOf } from './postgres/index.js';
export { readAggregatedRow, readRows, readValue } from './read-row.js';
export { refusalOf, sqlite } from './sqlite/index.js';
export type { Statement } from './sql.js';
