import 'reflect-metadata';

import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import type { StoreOptions } from '../store/index.js';

import { DataPath } from './data-path.js';
import { DataPathAdapter } from './data-path-adapter.js';
import { ODataModule, type ODataModuleOptions } from './odata.module.js';
import { StoreModule } from './store.module.js';
import { UnknownRootFilter } from './unknown-root.filter.js';

export interface ApplicationOptions {
  readonly services: readonly ODataModuleOptions[];
  readonly store: StoreOptions;
}

@Module({})
class RootModule {
  static register({ services, store }: ApplicationOptions, dataPath: DataPath): DynamicModule {
    return {
      module: RootModule,
      imports: [StoreModule.register(store, dataPath), ...services.map((service) => ODataModule.register(service))],
    };
  }
}

/** A Nest application with one dynamic module per service root; not yet listening. Rejects for unreadable schemas and databases. */
export async function createApplication(options: ApplicationOptions): Promise<INestApplication> {
  const dataPath = new DataPath();
  const application = await NestFactory.create(RootModule.register(options, dataPath), new DataPathAdapter(dataPath), {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  application.getHttpAdapter().getInstance().disable('x-powered-by');
  application.useGlobalFilters(new UnknownRootFilter(dataPath));
  return application;
}
