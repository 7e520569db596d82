/**
 * Run by npm after `npm ci` in a checkout, and before the package is packed: an installed tree is a built tree, and the
 * first `npm run demo` has nothing to wait for. What is built already and still what its inputs say is not built again.
 */
import { ensurePackage } from './prerequisites.ts'

await ensurePackage()
