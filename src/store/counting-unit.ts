import type { Connection } from './connection/connection.js';
import { difference, grown, growthBy, negative, withCounts, type CountRule, type Growth } from './count-rule.js';
import type { RowAccess } from './row-access.js';
import { RowUnit } from './row-unit.js';
import type { Address, Link, NewRow, Row } from './store.js';

/** An entity that has references, and what those of a change make of its counts. */
interface Growing {
  readonly holder: Address;
  readonly growth: Growth;
}

/**
 * A unit that keeps in the documents of some entities how many others their references lead to, whoever writes. Writers of
 * one holder come one after another anyway, since its version counts up with its references.
 */
export class CountingUnit extends RowUnit {
  readonly #rules: readonly CountRule[];

  constructor(space: string, access: RowAccess, connection: Connection, rules: readonly CountRule[]) {
    super(space, access, connection);
    this.#rules = rules;
  }

  override insert(row: NewRow, parent?: Address): Promise<Row> {
    return super.insert(withCounts(row, this.#rules), parent);
  }

  override async replace(row: NewRow, version: number): Promise<Row | undefined> {
    const rules = this.#rules.filter(({ counted }) => counted.has(row.type));
    const isHolder = this.#rules.some(({ holders }) => holders.has(row.type));
    const before = rules.length > 0 || isHolder ? await this.get(row) : undefined;
    const replaced = await super.replace(withCounts(row, this.#rules, before?.document), version);
    if (replaced === undefined || before === undefined) return replaced;
    for (const rule of rules) {
      const growth = difference(growthBy(rule, replaced.document), growthBy(rule, before.document));
      if (!changes(growth)) continue;
      for (const { holder } of await this.holdersOf(row, rule.storedAs)) await this.#grow(holder, growth);
    }
    return replaced;
  }

  override async remove(address: Address, version: number): Promise<boolean> {
    const growing = await this.#lost(address);
    if (!(await super.remove(address, version))) return false;
    for (const { holder, growth } of growing) await this.#grow(holder, growth);
    return true;
  }

  override async isolate(address: Address): Promise<number> {
    const growing = await this.#lost(address);
    const removed = await super.isolate(address);
    for (const { holder, growth } of growing) await this.#grow(holder, growth);
    const own = await this.get(address);
    if (own !== undefined && this.#rules.some(({ holders }) => holders.has(own.type)))
      await super.replace(withCounts(own, this.#rules), own.version);
    return removed;
  }

  override async link(source: Address, link: Link, target: Address): Promise<boolean> {
    const rule = this.#ruleOf(link);
    const held = rule && (await this.hold(target));
    const isNew = await super.link(source, link, target);
    if (isNew && rule !== undefined && held !== undefined) await this.#grow(source, growthBy(rule, held.document));
    return isNew;
  }

  override async unlink(source: Address, link: Link, target?: Address): Promise<number> {
    const rule = this.#ruleOf(link);
    if (rule === undefined) return super.unlink(source, link, target);
    const targets = target === undefined ? await this.targetsOf(source, link.storedAs) : [target];
    let count = 0;
    for (const each of targets) {
      const held = await this.hold(each);
      const removed = await super.unlink(source, link, each);
      if (removed > 0 && held !== undefined) await this.#grow(source, negative(growthBy(rule, held.document)));
      count += removed;
    }
    return count;
  }

  #ruleOf({ storedAs }: Link): CountRule | undefined {
    return this.#rules.find((rule) => rule.storedAs === storedAs);
  }

  /** Those whose references lead to an entity or to what it contains, but for what goes with it. */
  async #lost(address: Address): Promise<readonly Growing[]> {
    const growing: Growing[] = [];
    for (const rule of this.#rules)
      for (const { holder, document } of await this.holdersOf(address, rule.storedAs))
        growing.push({ holder, growth: negative(growthBy(rule, document)) });
    return growing;
  }

  /** Counting up keeps others from the row first. */
  async #grow(holder: Address, growth: Growth): Promise<void> {
    if (!changes(growth)) return;
    await this.countUp(holder);
    const row = await this.get(holder);
    if (row !== undefined) await super.replace({ ...row, document: grown(row.document, growth) }, row.version);
  }
}

function changes(growth: Growth): boolean {
  return Object.values(growth).some((count) => count !== 0);
}
