import { type Expression, type QueryOptions } from './tree.js';

/** Query options while they are collected. */
export type OptionBuilder = {
  -readonly [Name in keyof QueryOptions]: QueryOptions[Name];
};

const noAliases: ReadonlyMap<string, Expression> = new Map();
const noCustom: QueryOptions['custom'] = [];

export const noOptions: QueryOptions = { aliases: noAliases, custom: noCustom };

/** Most queries have neither aliases nor custom options: they share the empty ones. */
export function newOptions(): OptionBuilder {
  return { aliases: noAliases, custom: noCustom };
}

export function addAlias(builder: OptionBuilder, name: string, value: Expression): void {
  if (builder.aliases === noAliases) builder.aliases = new Map();
  (builder.aliases as Map<string, Expression>).set(name, value);
}

export function addCustom(builder: OptionBuilder, option: QueryOptions['custom'][number]): void {
  if (builder.custom === noCustom) builder.custom = [];
  (builder.custom as (typeof option)[]).push(option);
}
