/**
 * How long a newcomer waits: `npm run demo` from an installed tree to the first frame, and a release build of the demo.
 *
 *     node --import tsx bench/startup/run.ts
 *
 * Works on a copy of the repository that has never built anything. The copy shares the files of `node_modules`, but
 * none of its caches.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { launchChromium } from '../../test/support/chromium.ts'
import { printTable } from '../harness/table.ts'

const PORT = 5290

const copies = join(root, '.cache', 'startup')
mkdirSync(copies, { recursive: true })
const copy = mkdtempSync(join(copies, 'tree-'))
const browser = await launchChromium()
try {
  copyTree()
  const first = await startDemo()
  const second = await startDemo()
  const app = join(copy, 'fixtures', 'apps', 'vite-topo')
  const cold = build(app)
  const cached = build(app)
  printTable(
    'seconds from the command',
    ['', 'server ready', 'first frame / done'],
    [
      ['npm run demo, nothing built yet', first.ready, first.frame],
      ['npm run demo, again', second.ready, second.frame],
      ['vite build, cold', '', cold],
      ['vite build, cached', '', cached],
    ],
  )
} finally {
  await browser.close()
  rmSync(copy, { recursive: true })
}

function copyTree(): void {
  const left = new Set(['.git', '.cache', '.spy', 'coverage', 'dist', 'node_modules'])
  for (const name of readdirSync(root)) {
    if (left.has(name)) continue
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !left.has(basename(path)) })
  }
  // Hard links: the copy is made in a moment and takes no room.
  execFileSync('cp', ['-al', join(root, 'node_modules'), join(copy, 'node_modules')])
  for (const name of ['.cache', '.vite', '.vite-temp', 'unplugin-spy']) {
    rmSync(join(copy, 'node_modules', name), { recursive: true, force: true })
  }
}

async function startDemo(): Promise<{ readonly ready: number; readonly frame: number }> {
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  const demo = spawn('npm', ['run', 'demo', '--', '--port', String(PORT)], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // npm does not pass on the signal that ends it: the whole group gets it
  })
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = ''
      const listen = (chunk: Buffer) => {
        output += chunk
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours stand between the address and its port
        const found = /https?:\/\/localhost:\d+\//.exec(output.replace(/\x1b\[\d+m/g, ''))
        if (found !== null) resolve(found[0])
      }
      demo.stdout.on('data', listen)
      demo.stderr.on('data', listen)
      demo.on('exit', (code) => reject(new Error(`npm run demo ended with code ${code}\n${output}`)))
    })
    const ready = seconds()
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForFunction(() => document.querySelector('p')?.textContent?.includes('segments'), undefined, {
      polling: 20,
    })
    const frame = seconds()
    await page.close()
    return { ready, frame }
  } finally {
    if (demo.pid !== undefined && demo.exitCode === null) process.kill(-demo.pid, 'SIGTERM')
  }
}

/** Seconds of one `vite build`, as a process of its own. */
function build(app: string): number {
  const bin = join(copy, 'node_modules', 'vite', 'bin', 'vite.js')
  const start = performance.now()
  execFileSync(process.execPath, [bin, 'build'], { cwd: app, stdio: 'pipe' })
  const time = (performance.now() - start) / 1000
  if (!readdirSync(join(app, 'dist', 'assets')).some((name) => name.endsWith('.wasm'))) {
    throw new Error('the build made no wasm')
  }
  return time
}
