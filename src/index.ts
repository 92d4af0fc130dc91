export { defineBehavior, type Behavior, type Entities, type Entity, type OperationEvent } from './behavior/index.js';
export { checkSchema, CsdlError, loadModel, writeCsdlJson, writeXml } from './csdl/index.js';
export { Model } from './edm/index.js';
export { ServiceError } from './error/index.js';
export { graphBehaviors, graphProfile, type GraphOptions } from './graph/index.js';
export {
  createApplication,
  ODataModule,
  serviceToken,
  StoreModule,
  type ApplicationOptions,
  type ODataModuleOptions,
} from './nest/index.js';
export { odataProfile, type Limits, type Middleware, type Profile } from './protocol/index.js';
export {
  createService,
  type Service,
  type ServiceOptions,
  type ServiceRequest,
  type ServiceResponse,
} from './service.js';
export { openStore, type Space, type Store, type StoreOptions } from './store/index.js';
