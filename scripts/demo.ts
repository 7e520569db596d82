/**
 * `npm run demo`: the drifting map of fixtures/apps/vite-topo in Vite's dev server. Edit topo.spy while it runs.
 * `npm run demo -- --release`: the same app built with the optimising C compiler, and served.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, createServer, preview } from 'vite'
import { ensurePackage } from './prerequisites.ts'
import { root } from './root.ts'

const { values } = parseArgs({
  options: { release: { type: 'boolean', default: false }, port: { type: 'string' }, host: { type: 'string' } },
})

const app = join(root, 'fixtures', 'apps', 'vite-topo')
const address = {
  ...(values.port === undefined ? {} : { port: Number(values.port), strictPort: true }),
  ...(values.host === undefined ? {} : { host: values.host }),
}

await ensurePackage({ declarations: false })
process.chdir(app) // the app finds its own configuration, as it does for a user who starts Vite there
if (values.release) {
  await build({ root: app })
  const server = await preview({ root: app, preview: address })
  server.printUrls()
} else {
  const server = await createServer({ root: app, server: address })
  await server.listen()
  server.printUrls()
}
