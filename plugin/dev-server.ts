/** What dev servers serve beside modules. */
export { ServedBytes } from './dev-server/bytes.ts'
