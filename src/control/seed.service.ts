import { Inject, Injectable } from '@nestjs/common';

import type { JsonObject } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import { createSeeder, type Seeder, type SeedReport } from '../seed/index.js';

import { CONTROL_OPTIONS, type ControlOptions } from './control-options.js';
import type { SeedDto } from './seed.dto.js';

/** Finds the service that a seed is for. */
@Injectable()
export class SeedService {
  readonly #seeders: ReadonlyMap<string, Seeder>;

  constructor(@Inject(CONTROL_OPTIONS) { services }: ControlOptions) {
    this.#seeders = new Map(services.map((service) => [service.root.toLowerCase(), createSeeder(service)]));
  }

  seed({ version, path, body, type, mode = 'upsert', strict }: SeedDto): Promise<SeedReport> {
    return this.#seederOf(version).seed({ path, body: body as JsonObject, type, mode, strict });
  }

  unseed({ version, path, body, type }: SeedDto): Promise<number> {
    return this.#seederOf(version).unseed({ path, body: body as JsonObject, type });
  }

  async reset(): Promise<void> {
    for (const seeder of this.#seeders.values()) await seeder.reset();
  }

  #seederOf(version: string | undefined): Seeder {
    const seeder = version === undefined ? sole(this.#seeders) : this.#seeders.get(version.toLowerCase());
    if (seeder !== undefined) return seeder;
    const roots = [...this.#seeders.keys()].map((root) => `'${root}'`).join(', ');
    throw badRequest(`The version must be one of ${roots}.`, { target: 'version' });
  }
}

function sole(seeders: ReadonlyMap<string, Seeder>): Seeder | undefined {
  return seeders.size === 1 ? [...seeders.values()][0] : undefined;
}
