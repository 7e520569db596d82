/** Module ids survive being written and read, whatever folders are called. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  formatSpyId,
  parseSpyId,
  parseVirtual,
  requestKind,
  stem,
  virtualId,
  virtualSpecifier,
} from '../../plugin/ids.ts'

const ids = suite('module ids')

function check(id: string, path: string, query = '', hash = ''): void {
  assert.equal(parseSpyId(id), { path, query, hash })
}

ids('are taken apart', () => {
  check('/app/topo.spy', '/app/topo.spy')
  check('/app/topo.spy?import&t=17', '/app/topo.spy', 'import&t=17')
  check('/app/topo.spy?raw#here', '/app/topo.spy', 'raw', 'here')
  check('/app/topo.spy#here', '/app/topo.spy', '', 'here')
  check('./topo.spy?url', './topo.spy', 'url')
})

ids('may have awkward folders', () => {
  check('/a b/c#1/100%25/ünï 山/topo.spy', '/a b/c#1/100%25/ünï 山/topo.spy')
  check('/c#1/topo.spy?raw', '/c#1/topo.spy', 'raw')
  check('/what?/topo.spy?raw', '/what?/topo.spy', 'raw')
  check('/x.spy#1/topo.spy', '/x.spy#1/topo.spy')
})

ids('of webpack protect what is part of a name with a null byte', () => {
  check('/c\0#1/topo.spy?raw', '/c#1/topo.spy', 'raw')
  check('/what\0?/topo.spy', '/what?/topo.spy')
  check('/topo.spy#x', '/topo.spy', '', 'x')
})

ids('of Windows get slashes', () => {
  check('C:\\app\\a #1\\topo.spy', 'C:/app/a #1/topo.spy')
  check('C:/app/topo.spy?raw', 'C:/app/topo.spy', 'raw')
  check('\\\\server\\share\\topo.spy', '//server/share/topo.spy')
  check('/a\\b/topo.spy', '/a\\b/topo.spy')
})

ids('of others are left to them', () => {
  for (const id of ['/app/main.ts', '\0virtual:x.spy', '/app/topo.spyx', '/topo.spy.ts', 'plugin\0:/a.spy', '']) {
    assert.is(parseSpyId(id), undefined, id)
  }
})

/** Names of folders and files as file systems allow them. */
const name = fc.stringMatching(/^[ \p{L}\p{N}#%?&=+.,;!@^~[\]{}()-]{1,12}$/u).filter((text) => !text.includes('.spy'))
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}.spy`)
const query = fc.stringMatching(/^[a-z]{1,8}(=[a-z0-9]{0,5})?(&[a-z]{1,5}){0,2}$/)

ids('survive being written and read', () => {
  fc.assert(
    fc.property(path, fc.oneof(fc.constant(''), query), (path, query) => {
      check(formatSpyId({ path, query, hash: '' }), path, query)
    }),
  )
})

ids('survive the escapes of webpack', () => {
  fc.assert(
    fc.property(path, fc.oneof(fc.constant(''), query), (path, query) => {
      const escaped = path.replace(/[#?]/g, '\0$&')
      // Without an escape in it, an id cannot be told from one of another host.
      if (escaped !== path) check(escaped + (query && `?${query}`), path, query)
    }),
  )
})

ids('never make the parser fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const parsed = parseSpyId(text)
      assert.ok(parsed === undefined || parsed.path.endsWith('.spy'))
    }),
  )
})

ids('say what is asked for', () => {
  const kind = (query: string) => requestKind({ path: '/a.spy', query, hash: '' })
  for (const query of ['', 'import', 't=1', 'v=abc', 'import&t=3', 'worker_file&type=module']) {
    assert.is(kind(query), 'facade', query)
  }
  assert.is(kind('raw'), 'raw')
  assert.is(kind('import&raw'), 'raw')
  assert.is(kind('url&t=5'), 'url')
  assert.is(kind('worker'), 'host')
  assert.is(kind('constructor'), 'facade')
})

ids('of programs are told from all others', () => {
  const ids = [
    ...['', '0123456789ab'].map((program) => ({ kind: 'program', program }) as const),
    { kind: 'dev' } as const,
  ]
  for (const id of ids) {
    assert.equal(parseVirtual(virtualSpecifier(id)), id)
    assert.equal(parseVirtual(virtualId(id)), id)
  }
  for (const other of ['unplugin-spy/runtime', 'unplugin-spy/virtual/programs', '/unplugin-spy/virtual/program']) {
    assert.is(parseVirtual(other), undefined)
  }
})

ids('give files a name for people', () => {
  assert.is(stem('/a/b.c/topo.spy'), 'topo')
  assert.is(stem('/a/.spy'), '.spy')
  assert.is(stem('topo'), 'topo')
})

ids.run()
