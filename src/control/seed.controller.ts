import { Body, Controller, Delete, Inject, Put, UseFilters, UseInterceptors } from '@nestjs/common';

import type { SeedReport } from '../seed/index.js';

import { CONTROL_ROOT } from './control-root.js';
import { JsonBodyInterceptor } from './json-body.interceptor.js';
import { SeedDto } from './seed.dto.js';
import { SeedService } from './seed.service.js';
import { ServiceErrorFilter } from './service-error.filter.js';
import { validation } from './validation.js';

/** `/__admin/seed`: entities put where the services find them, and taken away again. */
@Controller(CONTROL_ROOT)
@UseFilters(ServiceErrorFilter)
@UseInterceptors(JsonBodyInterceptor)
export class SeedController {
  readonly #seeds: SeedService;

  constructor(@Inject(SeedService) seeds: SeedService) {
    this.#seeds = seeds;
  }

  @Put('seed')
  seed(@Body(validation) seed: SeedDto): Promise<SeedReport> {
    return this.#seeds.seed(seed);
  }

  @Delete('seed')
  async unseed(@Body(validation) seed: SeedDto): Promise<{ readonly removed: number }> {
    return { removed: await this.#seeds.unseed(seed) };
  }
}
