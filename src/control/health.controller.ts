import { Controller, Get, Inject } from '@nestjs/common';

import { CONTROL_OPTIONS, type ControlOptions } from './control-options.js';
import { CONTROL_ROOT } from './control-root.js';

/** `GET /__admin/health`: says that the application answers, and for which services. */
@Controller(CONTROL_ROOT)
export class HealthController {
  readonly #roots: readonly string[];

  constructor(@Inject(CONTROL_OPTIONS) { services }: ControlOptions) {
    this.#roots = services.map(({ root }) => `/${root}`);
  }

  @Get('health')
  health(): { readonly status: 'ok'; readonly services: readonly string[] } {
    return { status: 'ok', services: this.#roots };
  }
}
