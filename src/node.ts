/**
 * Embedding SPy in programs for Node.
 *
 *     import { load, SpyError } from 'unplugin-spy/node'
 *     const topo = await load('topo.spy')
 *     topo.exports.area(2.5)
 */
export { HostError } from '../compiler/node.ts'
export type { EngineName } from './node/engines.ts'
export { type LoadOptions, load } from './node/load.ts'
export type { LoadedModule, TypeDescription } from './node/loaded-module.ts'
export { type AnyFunction, SpyArray, SpyError } from './runtime/index.ts'
