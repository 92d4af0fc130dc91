import { Controller, HttpCode, Inject, Post, UseFilters } from '@nestjs/common';

import { CONTROL_ROOT } from './control-root.js';
import { SeedService } from './seed.service.js';
import { ServiceErrorFilter } from './service-error.filter.js';

/** `POST /__admin/reset`: every service is empty again. */
@Controller(CONTROL_ROOT)
@UseFilters(ServiceErrorFilter)
export class ResetController {
  readonly #seeds: SeedService;

  constructor(@Inject(SeedService) seeds: SeedService) {
    this.#seeds = seeds;
  }

  @Post('reset')
  @HttpCode(204)
  reset(): Promise<void> {
    return this.#seeds.reset();
  }
}
