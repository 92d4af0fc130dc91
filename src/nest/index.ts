export { createApplication, type ApplicationOptions } from './create-application.js';
export { ODataModule, serviceToken, type ODataModuleOptions } from './odata.module.js';
export { STORE, StoreModule } from './store.module.js';
