import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';

import { CONTROL_OPTIONS, type ControlOptions } from './control-options.js';
import { HealthController } from './health.controller.js';
import { ResetController } from './reset.controller.js';
import { SeedController } from './seed.controller.js';
import { SeedService } from './seed.service.js';

export interface AsyncControlOptions
  extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider<ControlOptions>, 'inject' | 'useFactory'> {}

/** The control plane: an ordinary Nest module beside the services, which it sees from outside only. */
@Module({ controllers: [HealthController, ResetController, SeedController], providers: [SeedService] })
export class ControlModule {
  static registerAsync({ imports = [], inject = [], useFactory }: AsyncControlOptions): DynamicModule {
    return { module: ControlModule, imports, providers: [{ provide: CONTROL_OPTIONS, inject, useFactory }] };
  }
}
