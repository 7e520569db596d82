/** Answers that are kept: used again only while every file that was looked at says the same. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answered } from '../../compiler/driver/artifacts.ts'
import { ArtifactFolder } from '../../compiler/node/artifact-folder.ts'
import type { Host } from '../../compiler/text/source.ts'

interface Context {
  folder: string
  files: Map<string, string>
  host: Host
}

const answers = suite<Context>('answers')

answers.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'answers-'))
  context.files = new Map([
    ['/app/main.spy', 'import colors'],
    ['/app/colors.spy', 'red'],
  ])
  context.host = { read: (path) => context.files.get(path), realPath: (path) => path }
})

answers.after.each(async ({ folder }) => {
  await rm(folder, { recursive: true, force: true })
})

/** Asks as another process would, and tells whether the answer had to be made. */
async function ask({ folder, host }: Context, question = 'what?'): Promise<{ answer: string; made: boolean }> {
  let made = false
  const answer = await answered({ store: new ArtifactFolder(folder), host }, [question], async (world) => {
    made = true
    world.realPath('/app/main.spy')
    world.read('/app/main.spy')
    const shadow = world.read('/app/lib/colors.spy')
    return [shadow ?? world.read('/app/colors.spy')].join()
  })
  return { answer, made }
}

answers('nothing has changed: nobody is asked', async (context) => {
  assert.equal(await ask(context), { answer: 'red', made: true })
  assert.equal(await ask(context), { answer: 'red', made: false })
})

answers('a file says something else', async (context) => {
  await ask(context)
  context.files.set('/app/colors.spy', 'green')
  assert.equal(await ask(context), { answer: 'green', made: true })
  assert.equal(await ask(context), { answer: 'green', made: false })
})

answers('a file that was looked for in vain has appeared, and goes again', async (context) => {
  await ask(context)
  context.files.set('/app/lib/colors.spy', 'blue')
  assert.equal(await ask(context), { answer: 'blue', made: true })
  context.files.delete('/app/lib/colors.spy')
  assert.equal(await ask(context), { answer: 'red', made: true })
})

answers('a link leads somewhere else', async (context) => {
  await ask(context)
  assert.ok((await ask({ ...context, host: { ...context.host, realPath: (path) => `/real${path}` } })).made)
})

answers('another question has another answer, and both are kept', async (context) => {
  assert.ok((await ask(context, 'one')).made)
  assert.ok((await ask(context, 'two')).made)
  assert.not((await ask(context, 'one')).made)
})

answers('an error is not kept', async (context) => {
  const tools = { store: new ArtifactFolder(context.folder), host: context.host }
  for (const text of ['first', 'second']) {
    let said = ''
    await answered(tools, ['what?'], async () => {
      throw new Error(text)
    }).catch((error: Error) => {
      said = error.message
    })
    assert.is(said, text)
  }
})

answers('who notes what is read hears of all files also when nobody is asked', async (context) => {
  await ask(context)
  const read: string[] = []
  const host: Host = {
    ...context.host,
    read(path) {
      read.push(path)
      return context.files.get(path)
    },
  }
  assert.not((await ask({ ...context, host })).made)
  assert.equal([...new Set(read)].sort(), ['/app/colors.spy', '/app/lib/colors.spy', '/app/main.spy'])
})

answers.run()
