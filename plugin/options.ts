/** Options of users, resolved. */
export { type HostDefaults, type ResolvedOptions, resolveOptions, type SpyOptions } from './options/options.ts'
