import { conflict, internal, notFound, notImplemented } from '../error/index.js';
import type { ReadPlan } from '../plan/index.js';

import { collectionsBelow, pathOf } from './address.js';
import type { Connection, Parameter, Values } from './connection/connection.js';
import type { Statements } from './statements.js';
import { storedRow } from './stored-row.js';
import type { Address, NewRow, Row, Unit } from './store.js';

/** What reads and writes of rows need besides a connection. */
export interface RowAccess {
  readonly statements: Statements;
  /** The present time, for the change log. */
  readonly now: () => string;
}

/** Reads and writes in one transaction. */
export class RowUnit implements Unit {
  readonly #space: string;
  readonly #statements: Statements;
  readonly #now: () => string;
  #connection: Connection | undefined;

  constructor(space: string, connection: Connection, access: RowAccess) {
    this.#space = space;
    this.#connection = connection;
    this.#statements = access.statements;
    this.#now = access.now;
  }

  /** From here on the unit refuses to work: the connection belongs to others. */
  end(): void {
    this.#connection = undefined;
  }

  read(_plan: ReadPlan): AsyncIterable<Row> {
    throw notImplemented('Reads by plan');
  }

  first(_plan: ReadPlan): Promise<Row | undefined> {
    throw notImplemented('Reads by plan');
  }

  count(_plan: ReadPlan): Promise<number> {
    throw notImplemented('Reads by plan');
  }

  async get(address: Address): Promise<Row | undefined> {
    const values = await this.#row(this.#statements.get, [this.#space, address.collection, address.key]);
    return values && storedRow(address, values);
  }

  async insert(row: NewRow, parent?: Address): Promise<Row> {
    if (parent !== undefined) await this.#sequenceOf(parent);
    const { collection, key, type, document, sent } = row;
    const inserted = await this.#row(this.#statements.insert, [
      this.#space,
      collection,
      key,
      type,
      document,
      sent ?? null,
    ]);
    if (inserted === undefined) throw conflict(`There is already an entity at '${pathOf(row)}'.`);
    await this.#record(collection, key, type, 'created');
    return { sequence: Number(inserted[0]), collection, key, type, version: 1, document, sent };
  }

  async replace(row: NewRow, version: number): Promise<Row | undefined> {
    const { collection, key, type, document, sent } = row;
    const parameters = [type, document, sent ?? null, this.#space, collection, key, version];
    const replaced = await this.#row(this.#statements.replace, parameters);
    if (replaced === undefined) return undefined;
    await this.#record(collection, key, type, 'updated');
    return { sequence: Number(replaced[0]), collection, key, type, version: version + 1, document, sent };
  }

  async remove(address: Address, version: number): Promise<boolean> {
    const { collection, key } = address;
    const removed = await this.#row(this.#statements.remove, [this.#space, collection, key, version]);
    if (removed === undefined) return false;
    await this.#record(collection, key, removed[0] as string, 'deleted');
    const below = [this.#space, ...collectionsBelow(address)];
    // Others may have added to a contained entity while its removal waited for them; nobody can any more then.
    for (let rows = await this.#rows(this.#statements.removeContained, below); rows.length > 0;) {
      for (const row of rows as [string, string, string][]) await this.#record(...row, 'deleted');
      rows = await this.#rows(this.#statements.removeContained, below);
    }
    return true;
  }

  async link(source: Address, property: string, target: Address): Promise<void> {
    const from = await this.#sequenceOf(source);
    const to = await this.#sequenceOf(target);
    await this.#rows(this.#statements.link, [this.#space, from, property, to]);
  }

  async unlink(source: Address, property: string, target?: Address): Promise<number> {
    const links = [this.#space, source.collection, source.key, property];
    const removed =
      target === undefined
        ? await this.#rows(this.#statements.unlinkAll, links)
        : await this.#rows(this.#statements.unlink, [...links, target.collection, target.key]);
    return removed.length;
  }

  /** Finds an entity that must exist, and keeps it from being removed before the unit ends. */
  async #sequenceOf(address: Address): Promise<number> {
    const found = await this.#row(this.#statements.find, [this.#space, address.collection, address.key]);
    if (found === undefined) throw notFound(`There is no entity at '${pathOf(address)}'.`);
    return Number(found[0]);
  }

  async #record(collection: string, key: string, type: string, kind: 'created' | 'updated' | 'deleted'): Promise<void> {
    await this.#rows(this.#statements.change, [this.#space, collection, key, type, kind, this.#now()]);
  }

  #row(text: string, parameters: readonly Parameter[]) {
    return this.#session().row(text, parameters);
  }

  #rows(text: string, parameters: readonly Parameter[]): Promise<readonly Values[]> | readonly Values[] {
    return this.#session().rows(text, parameters);
  }

  #session(): Connection {
    if (this.#connection === undefined) throw internal('The unit of work has ended.');
    return this.#connection;
  }
}
