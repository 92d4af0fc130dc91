import { conflict, internal, notFound } from '../error/index.js';

import { collectionsBelow, pathOf } from './address.js';
import type { Awaitable, Connection, Parameter, Values } from './connection/connection.js';
import { movedPaths } from './moved-paths.js';
import type { RowAccess } from './row-access.js';
import { RowReader } from './row-reader.js';
import { snapshotKey } from './snapshots.js';
import type { Statements } from './statements.js';
import { storedRow } from './stored-row.js';
import type { Address, Link, NewRow, Row, StreamContent, Unit } from './store.js';

/** Reads and writes in one transaction. */
export class RowUnit extends RowReader implements Unit {
  readonly #statements: Statements;
  #connection: Connection | undefined;

  constructor(space: string, access: RowAccess, connection: Connection) {
    super(space, access, async (work) => work(this.#session()));
    this.#connection = connection;
    this.#statements = access.statements;
  }

  /** From here on the unit refuses to work: the connection belongs to others. */
  end(): void {
    this.#connection = undefined;
  }

  async insert(row: NewRow, parent?: Address): Promise<Row> {
    if (parent !== undefined) await this.#sequenceOf(parent);
    const { collection, key, type, document, sent } = row;
    const parameters = [this.space, collection, key, type, document, sent ?? null];
    const inserted = await this.#row(this.#statements.insert, parameters);
    if (inserted === undefined) throw conflict(`There is already an entity at '${pathOf(row)}'.`);
    await this.#record(collection, key, type, 'created');
    return { sequence: Number(inserted[0]), collection, key, type, version: 1, document, sent };
  }

  async hold(address: Address): Promise<Row | undefined> {
    const { collection, key } = address;
    const values = await this.#row(this.#statements.hold, [this.space, collection, key]);
    return values && storedRow(address, values);
  }

  async claim(name: string): Promise<void> {
    const { claim } = this.#statements;
    if (claim !== undefined) await this.#rows(claim, [this.space, name]);
  }

  async keep(address: Address): Promise<void> {
    await this.#sequenceOf(address);
  }

  async keepSnapshot(content: string, at: string, forgetBefore?: string): Promise<string> {
    const key = snapshotKey(content);
    await this.#rows(this.#statements.keepSnapshot, [this.space, key, content, at]);
    if (forgetBefore !== undefined) await this.#rows(this.#statements.forgetSnapshots, [this.space, forgetBefore]);
    return key;
  }

  async part<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.#session();
    await connection.mark();
    try {
      const result = await work();
      await connection.unmark();
      return result;
    } catch (error) {
      await connection.rollbackToMark();
      throw error;
    }
  }

  async replace(row: NewRow, version: number): Promise<Row | undefined> {
    const { collection, key, type, document, sent } = row;
    const parameters = [this.space, collection, key, type, document, sent ?? null, version];
    const replaced = await this.#row(this.#statements.replace, parameters);
    if (replaced === undefined) return undefined;
    await this.#record(collection, key, type, 'updated');
    return { sequence: Number(replaced[0]), collection, key, type, version: version + 1, document, sent };
  }

  async remove(address: Address, version: number): Promise<boolean> {
    const { collection, key } = address;
    const below = collectionsBelow(address);
    const links = ['unlinked', this.access.now(), this.space, ...below, collection, key];
    await this.#rows(this.#statements.linkChangesOf, links);
    await this.#rows(this.#statements.countUpAround, [this.space, ...below, collection, key]);
    const removed = await this.#row(this.#statements.remove, [this.space, collection, key, version]);
    if (removed === undefined) return false;
    await this.#record(collection, key, removed[0] as string, 'deleted');
    await this.#removeBelow(address);
    return true;
  }

  async move(from: Address, version: number, to: NewRow): Promise<Row | undefined> {
    const { collection, key, type, document, sent } = to;
    if (`${collection}/`.startsWith(`${pathOf(from)}/`)) throw conflict('An entity cannot be moved into itself.');
    if ((await this.get(to)) !== undefined) throw conflict(`There is already an entity at '${pathOf(to)}'.`);
    const present = [this.space, from.collection, from.key, version];
    const next = [collection, key, type, document, sent ?? null];
    const moved = await this.#row(this.#statements.move, [...present, ...next]);
    if (moved === undefined) return undefined;
    await this.#record(from.collection, from.key, type, 'moved');
    await this.#record(collection, key, type, 'created');
    await this.#moveBelow(from, to);
    return { sequence: Number(moved[0]), collection, key, type, version: version + 1, document, sent };
  }

  async isolate({ collection, key }: Address): Promise<number> {
    await this.#rows(this.#statements.ownLinkChanges, ['unlinked', this.access.now(), this.space, collection, key]);
    await this.#rows(this.#statements.countUpBeside, [this.space, collection, key]);
    const removed = await this.#rows(this.#statements.isolate, [this.space, collection, key]);
    return removed.length;
  }

  async link(source: Address, { storedAs, isMutual }: Link, target: Address): Promise<boolean> {
    const from = await this.#sequenceOf(source);
    const to = await this.#sequenceOf(target);
    const made = await this.#row(this.#statements.link, [this.space, from, storedAs, to]);
    if (made === undefined) return false;
    await this.#recordLinks('linked', source, storedAs, target);
    await this.#countUpEach(isMutual ? [from, to] : [from]);
    return true;
  }

  async unlink(source: Address, { storedAs, isMutual }: Link, target?: Address): Promise<number> {
    await this.#recordLinks('unlinked', source, storedAs, target);
    const parameters = [this.space, source.collection, source.key, storedAs];
    const removed =
      target === undefined
        ? await this.#rows(this.#statements.unlinkAll, parameters)
        : await this.#rows(this.#statements.unlink, [...parameters, target.collection, target.key]);
    const sequences = removed.flatMap(([from, to]) => (isMutual ? [Number(from), Number(to)] : [Number(from)]));
    await this.#countUpEach(sequences);
    return removed.length;
  }

  async countUp({ collection, key }: Address): Promise<void> {
    await this.#rows(this.#statements.countUp, [this.space, collection, key]);
  }

  async rehang(row: Row, placeAfter: (path: string) => string | undefined): Promise<void> {
    await this.#moveReferences(row, placeAfter);
    await this.#moveStreams(row, placeAfter);
    await this.#moveContained(row, placeAfter);
  }

  async writeStream(
    row: Row,
    property: string,
    content: StreamContent | undefined,
    version: number,
  ): Promise<number | undefined> {
    await this.#sequenceOf(row);
    const { contentType = null, bytes = null } = content ?? {};
    const written = await this.#row(this.#statements.writeStream, [
      row.sequence,
      property,
      contentType,
      bytes,
      version,
    ]);
    if (written === undefined) return undefined;
    await this.#record(row.collection, row.key, row.type, 'updated');
    return Number(written[0]);
  }

  /** Which entities have a reference to this one or to something that it contains, other than itself and that; and the document that each leads to. */
  protected async holdersOf(
    address: Address,
    property: string,
  ): Promise<readonly { readonly holder: Address; readonly document: string }[]> {
    const { collection, key } = address;
    const parameters = [this.space, ...collectionsBelow(address), collection, key, property];
    const rows = (await this.#rows(this.#statements.holders, parameters)) as [string, string, string][];
    return rows.map(([from, at, document]) => ({ holder: { collection: from, key: at }, document }));
  }

  /** What the references of an entity lead to. */
  protected async targetsOf({ collection, key }: Address, property: string): Promise<readonly Address[]> {
    const rows = await this.#rows(this.#statements.targets, [this.space, collection, key, property]);
    return (rows as [string, string][]).map(([to, at]) => ({ collection: to, key: at }));
  }

  async #moveReferences(row: Row, placeAfter: (path: string) => string | undefined): Promise<void> {
    const found = await this.#rows(this.#statements.referencePaths, [row.sequence]);
    for (const { from, to } of movedPaths(found.map(String), placeAfter)) {
      if (to === undefined) await this.unlink(row, { storedAs: from, isMutual: false });
      else await this.#rows(this.#statements.movePath, [row.sequence, from, to]);
    }
  }

  /** At each path the version counts on, so that no ETag means two contents. */
  async #moveStreams({ sequence }: Row, placeAfter: (path: string) => string | undefined): Promise<void> {
    const found = await this.#rows(this.#statements.streamPaths, [sequence]);
    const versions = new Map(found.map(([path, version]) => [String(path), Number(version)]));
    for (const { from, to } of movedPaths([...versions.keys()], placeAfter)) {
      if (to !== undefined) {
        const version = Math.max(versions.get(from)!, versions.get(to) ?? 0) + 1;
        await this.#rows(this.#statements.dropStream, [sequence, to]);
        await this.#rows(this.#statements.copyStream, [sequence, from, to, version]);
      }
      await this.#rows(this.#statements.clearStream, [sequence, from]);
    }
  }

  async #moveContained(row: Row, placeAfter: (path: string) => string | undefined): Promise<void> {
    const found = await this.#rows(this.#statements.containedPaths, [this.space, ...collectionsBelow(row)]);
    const above = `${pathOf(row)}/`;
    const paths = found.map(([collection]) => String(collection).slice(above.length));
    for (const { from, to } of movedPaths(paths, placeAfter)) {
      const old = `${above}${from}`;
      // No name of a collection goes on with a space.
      const alone = [this.space, old, `${old} `];
      if (to === undefined) {
        await this.#rows(this.#statements.linkChangesBelow, ['unlinked', this.access.now(), ...alone]);
        for (const [, key, type] of await this.#rows(this.#statements.removeContained, alone))
          await this.#record(old, key as string, type as string, 'deleted');
      } else {
        const next = `${above}${to}`;
        const moved = await this.#rows(this.#statements.moveContained, [...alone, next, [...old].length + 1]);
        for (const [, key, type] of moved as [string, string, string][]) {
          await this.#record(old, key, type, 'moved');
          await this.#record(next, key, type, 'created');
        }
      }
    }
  }

  /**
   * Removes what an entity contained. Others may have added something below a contained entity while its removal had to
   * wait for them; they cannot any more once it is gone, so the second look finds the last of it.
   */
  async #removeBelow(address: Address): Promise<void> {
    const parameters = [this.space, ...collectionsBelow(address)];
    for (;;) {
      const rows = await this.#rows(this.#statements.removeContained, parameters);
      if (rows.length === 0) return;
      for (const [collection, key, type] of rows as [string, string, string][])
        await this.#record(collection, key, type, 'deleted');
      await this.#rows(this.#statements.linkChangesBelow, ['unlinked', this.access.now(), ...parameters]);
    }
  }

  /** Moves what an entity contained along with it; the second look finds what others added meanwhile, as above. */
  async #moveBelow(from: Address, to: Address): Promise<void> {
    const [first, behind] = collectionsBelow(from);
    const [old, next] = [`${pathOf(from)}/`, `${pathOf(to)}/`];
    // Counted as the databases do, where a character beyond the first 65,536 is one.
    const rest = [...old].length + 1;
    for (;;) {
      const rows = await this.#rows(this.#statements.moveContained, [this.space, first, behind, next, rest]);
      if (rows.length === 0) return;
      for (const [collection, key, type] of rows as [string, string, string][]) {
        await this.#record(`${old}${collection.slice(next.length)}`, key, type, 'moved');
        await this.#record(collection, key, type, 'created');
      }
    }
  }

  /** In the order of their creation, so that two units do not wait for each other. */
  async #countUpEach(sequences: readonly number[]): Promise<void> {
    for (const sequence of [...new Set(sequences)].toSorted((one, other) => one - other))
      await this.#rows(this.#statements.countUpOne, [sequence]);
  }

  /** Finds an entity that must exist, and keeps it from being removed before the unit ends. */
  async #sequenceOf(address: Address): Promise<number> {
    const found = await this.#row(this.#statements.find, [this.space, address.collection, address.key]);
    if (found === undefined) throw notFound(`There is no entity at '${pathOf(address)}'.`);
    return Number(found[0]);
  }

  async #record(
    collection: string,
    key: string,
    type: string,
    kind: 'created' | 'updated' | 'moved' | 'deleted',
  ): Promise<void> {
    await this.#rows(this.#statements.change, [this.space, collection, key, type, kind, this.access.now()]);
  }

  async #recordLinks(kind: 'linked' | 'unlinked', source: Address, property: string, target?: Address): Promise<void> {
    const parameters = [kind, this.access.now(), this.space, source.collection, source.key, property];
    if (target === undefined) await this.#rows(this.#statements.linkChanges, parameters);
    else await this.#rows(this.#statements.linkChange, [...parameters, target.collection, target.key]);
  }

  #row(text: string, parameters: readonly Parameter[]): Awaitable<Values | undefined> {
    return this.#session().row(text, parameters);
  }

  #rows(text: string, parameters: readonly Parameter[]): Awaitable<readonly Values[]> {
    return this.#session().rows(text, parameters);
  }

  #session(): Connection {
    if (this.#connection === undefined) throw internal('The unit of work has ended.');
    return this.#connection;
  }
}
