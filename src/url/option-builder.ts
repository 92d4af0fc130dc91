import { type Expression, type QueryOptions } from './tree.js';

/** Query options while they are collected. */
export type OptionBuilder = {
  -readonly [Name in keyof QueryOptions]: QueryOptions[Name];
};

const noAliases: ReadonlyMap<string, Expression> = new Map();
const noCustom: QueryOptions['custom'] = [];

export const noOptions: QueryOptions = { aliases: noAliases, custom: noCustom };

export function newOptions(): OptionBuilder {
  return { aliases: noAliases, custom: noCustom };
}
