/** The demo type-checks against the declarations that its dev server has written. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { copyDemo, type DemoApp, serveDev } from './support/demo-app.ts'

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

const types = suite<{ app: DemoApp }>('types of the demo')

types.before(async (context) => {
  context.app = copyDemo()
  const served = await serveDev(context.app)
  await fetch(new URL('src/topo.spy?import', served.url))
  await served.close()
})
types.after(({ app }) => app?.remove())

function check({ folder }: DemoApp): string {
  return spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { encoding: 'utf8' }).stdout
}

types('are right', ({ app }) => {
  assert.is(check(app), '')
})

types('refuse a wrong argument and a name that is not exported', ({ app }) => {
  app.edit(
    'src/main.ts',
    ['import { fit, update }', 'import { fit, updat, update }'],
    ['update(time)', 'update("noon")'],
  )
  const errors = check(app)
  assert.match(errors, /main\.ts\(\d+,\d+\): error TS2345.*'string' is not assignable to parameter of type 'number'/)
  assert.match(errors, /main\.ts\(\d+,\d+\): error TS2\d+.*updat/)
})

types.run()
