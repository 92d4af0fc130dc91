import type { QueryOptions } from '../../url/index.js';
import type { Target } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import type { ServiceResponse } from '../request.js';

/** Names of system query options, without `$`. */
export type OptionName = Exclude<keyof QueryOptions, 'aliases' | 'custom'>;

/** What a method does to a kind of target. */
export interface Operation<T extends Target = Target> {
  /** System query options that mean something here; any other is refused. */
  readonly options: readonly OptionName[];
  run(exchange: Exchange<T>): Promise<ServiceResponse>;
}
