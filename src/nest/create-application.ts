import 'reflect-metadata';

import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CONTROL_ROOT, ControlModule, type ControlOptions } from '../control/index.js';
import type { Service } from '../service.js';
import type { Store, StoreOptions } from '../store/index.js';

import { DataPath } from './data-path.js';
import { DataPathAdapter } from './data-path-adapter.js';
import { ODataModule, serviceToken, type ODataModuleOptions } from './odata.module.js';
import { STORE, StoreModule } from './store.module.js';
import { UnknownRootFilter } from './unknown-root.filter.js';

export interface ApplicationOptions {
  readonly services: readonly ODataModuleOptions[];
  readonly store: StoreOptions;
  /** Whether the control plane is there, below `/__admin`: it lets anyone who reaches it change everything. */
  readonly control?: boolean;
}

@Module({})
class RootModule {
  static register({ services, store, control = false }: ApplicationOptions, dataPath: DataPath): DynamicModule {
    const modules = services.map((service) => ODataModule.register(service));
    if (control) dataPath.reserve(CONTROL_ROOT);
    return {
      module: RootModule,
      imports: [
        StoreModule.register(store, dataPath),
        ...modules,
        ...(control ? [controlModule(services, modules, dataPath)] : []),
      ],
    };
  }
}

function controlModule(
  services: readonly ODataModuleOptions[],
  modules: DynamicModule[],
  dataPath: DataPath,
): DynamicModule {
  return ControlModule.registerAsync({
    imports: modules,
    inject: [STORE, ...services.map(({ root }) => serviceToken(root))],
    useFactory: (store: Store, ...made: Service[]): ControlOptions => ({
      services: services.map(({ root, profile, space = 'default' }, index) => ({
        root,
        model: made[index]!.model,
        rules: profile.path,
        canonical: profile.canonical,
        space: store.space(space, { counts: profile.counts(made[index]!.model) }),
      })),
      refuse: (error, request, response) => dataPath.refuse(error, request, response),
    }),
  });
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
