export { CsdlError, type Place } from './csdl-error.js';
export { loadModel, type CsdlSource, type LoadedModel } from './load-model.js';
export { Positions, type Problem } from './positions.js';
export { readCsdlJson } from './read-csdl-json.js';
export { readXml } from './read-xml.js';
export { writeCsdlJson } from './write-csdl-json.js';
export { writeXml } from './write-xml.js';
export type { WriteOptions } from './merge-documents.js';
