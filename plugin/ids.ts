/** Module ids: of `.spy` files, and of the modules that are in no file. */
export { formatSpyId, type ModuleId, parseSpyId } from './ids/module-id.ts'
export { stem, toPosix } from './ids/paths.ts'
export { queryKeys, type RequestKind, requestKind } from './ids/request.ts'
export { parseVirtual, type VirtualId, virtualId, virtualSpecifier } from './ids/virtual.ts'
