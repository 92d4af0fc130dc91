import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';

import { openStore, type Store, type StoreOptions } from '../store/index.js';

import { DataPath } from './data-path.js';

export const STORE = 'mockgraph:store';

/** The store and the data path that all services of an application share; the store closes with the application. */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  readonly #store: Store;

  constructor(@Inject(STORE) store: Store) {
    this.#store = store;
  }

  static register(options: StoreOptions, dataPath: DataPath): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [
        { provide: STORE, useFactory: () => openStore(options) },
        { provide: DataPath, useValue: dataPath },
      ],
      exports: [STORE, DataPath],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#store.close();
  }
}
