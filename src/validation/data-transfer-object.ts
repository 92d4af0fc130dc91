import type { ObjectReading } from './object-reading.js';

/** Where a data transfer object keeps its reading: a symbol, so that class-validator does not take it for a property. */
export const READING = Symbol('reading');

/** An instance of a data transfer class: raw values, which its constraints replace by canonical ones. */
export interface DataTransferObject {
  [READING]: ObjectReading;
  [key: string]: unknown;
}

export type DataTransferClass = new (reading: ObjectReading) => DataTransferObject;

export function isDataTransferObject(value: unknown): value is DataTransferObject {
  return typeof value === 'object' && value !== null && READING in value;
}
