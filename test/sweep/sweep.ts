import type { EntityType, Model } from '../../src/edm/index.js';

import type { Place } from './places.js';
import type { Check, Outcome } from './tally.js';
import { spoilt, validObject, type JsonObject } from './valid-object.js';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: JsonObject;
}

/** What would have to be followed up: change notifications, which are refused with 501. [Graph: Create subscription] */
const UNSUPPORTED: ReadonlySet<string> = new Set(['microsoft.graph.subscription']);

/** Views show what overlaps with a time. [Graph: List calendarView, List instances] */
const ANY_TIME = 'startDateTime=1970-01-01T00:00:00Z&endDateTime=2030-01-01T00:00:00Z';

function isView({ name, type }: Place): boolean {
  return type.qualifiedName === 'microsoft.graph.event' && (name === 'calendarView' || name === 'instances');
}

/**
 * Walks through a service by its own schema: reads every place, creates an object there, and goes on below it. Documented
 * refusals are 405, where an annotation rules a method out, 404 for a single object that is not there, and 501
 * for what is not supported at all.
 */
export class Sweep {
  readonly checks: Check[] = [];
  readonly #base: string;
  readonly #model: Model;

  constructor(base: string, model: Model) {
    this.#base = base;
    this.#model = model;
  }

  /** `address` is the resource path of the place, with keys. */
  async visit(place: Place, address = place.name): Promise<void> {
    const member = place.isCollection ? await this.#collection(place, address) : await this.#single(place, address);
    if (member === undefined) return;
    for (const below of place.below) await this.visit(below, `${member}/${below.name}`);
  }

  /** Answers with the address of an object that was created. */
  async #collection(place: Place, address: string): Promise<string | undefined> {
    const list = await this.#send('GET', isView(place) ? `${address}?${ANY_TIME}` : address);
    this.#note('read', place, list, Array.isArray(list.body['value']) ? 200 : -1, [405]);
    const object = validObject(place.type, this.#model);
    if (object === undefined) return undefined;
    const wrong = spoilt(place.type, object);
    if (wrong !== undefined) this.#note('refuse', place, await this.#send('POST', address, wrong), 400, [405]);
    const created = await this.#send('POST', address, object);
    this.#note('create', place, created, 201, UNSUPPORTED.has(place.type.qualifiedName) ? [405, 501] : [405]);
    const [key] = place.type.key;
    if (created.status !== 201 || key === undefined) return undefined;
    const member = `${address}/${encodeURIComponent(String(created.body[key.name]))}`;
    const read = await this.#send('GET', member);
    this.#note('read back', place, read, holds(read.body, object) ? 200 : -1, [405]);
    return member;
  }

  /** A single object may not be there; where a set has such objects, one is made and related, else nothing below is seen. */
  async #single(place: Place, address: string): Promise<string | undefined> {
    const answer = await this.#send('GET', address);
    this.#note('read', place, answer, 200, [404, 405]);
    if (answer.status !== 404) return answer.status === 200 || answer.status === 405 ? address : undefined;
    const related = await this.#create(place.type);
    if (related === undefined) return undefined;
    const link = await this.#send('PUT', `${address}/$ref`, { '@odata.id': `${this.#base}/${related}` });
    this.#note('relate', place, link, 204, [405]);
    if (link.status === 405 ? !(await this.#put(place, address)) : link.status !== 204) return undefined;
    const read = await this.#send('GET', address);
    this.#note('read back', place, read, 200, [405]);
    return address;
  }

  /** Makes a single object in its place, where no other can be related. */
  async #put(place: Place, address: string): Promise<boolean> {
    const created = await this.#send('PUT', address, validObject(place.type, this.#model));
    this.#note('create', place, created, 201, [404, 405]);
    return created.status === 201;
  }

  /** Puts a new object of a type into the first set that takes it; its resource path. */
  async #create(type: EntityType): Promise<string | undefined> {
    const sets = this.#model.entitySets.filter((set) => set.type.isOrDerivesFrom(type));
    for (const set of sets) {
      const object = validObject(set.type, this.#model);
      if (object === undefined) continue;
      const { status, body } = await this.#send('POST', set.name, object);
      if (status === 201) return `${set.name}/${encodeURIComponent(String(body[set.type.key[0]!.name]))}`;
    }
    return undefined;
  }

  #note(name: Check['name'], { path }: Place, answer: Answer, expected: number, refusals: readonly number[]): void {
    const outcome: Outcome =
      answer.status === expected ? 'passed' : refusals.includes(answer.status) ? 'refused' : 'failed';
    const detail = outcome === 'failed' ? { detail: `${String(answer.status)} ${answer.text.slice(0, 600)}` } : {};
    this.checks.push({ name, path, outcome, ...detail });
  }

  async #send(method: string, address: string, object?: JsonObject): Promise<Answer> {
    const response = await fetch(`${this.#base}/${address}`, {
      method,
      headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
      ...(object === undefined ? {} : { body: JSON.stringify(object) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as JsonObject) };
  }
}

/** Whether an object has every value that was sent, however it is spelt out further. */
function holds(answer: unknown, sent: unknown): boolean {
  if (Array.isArray(sent))
    return Array.isArray(answer) && answer.length === sent.length && sent.every((item, at) => holds(answer[at], item));
  if (typeof sent !== 'object' || sent === null) return answer === sent;
  return (
    typeof answer === 'object' &&
    answer !== null &&
    Object.entries(sent).every(([name, value]) => holds((answer as Record<string, unknown>)[name], value))
  );
}
