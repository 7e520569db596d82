/** Interface → TypeScript declarations. */
export { type Dts, type DtsOptions, printDts } from './dts/print-dts.ts'
