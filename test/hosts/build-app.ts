/**
 * Builds the app in the current folder with one bundler, as its configuration says. A process of its own, because
 * bundlers look at the current folder and at the environment.
 *
 *     node --import tsx build-app.ts HOST
 *
 * Errors go to stderr as the bundler words them; then the exit code is 1.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const HOSTS: Readonly<Record<string, () => Promise<void>>> = {
  async rollup() {
    const { rollup } = await import('rollup')
    const config = await configuration('rollup.config.js')
    const bundle = await rollup(config as never)
    await bundle.write(config.output as never)
    await bundle.close()
  },
  async rolldown() {
    const { rolldown } = await import('rolldown')
    const config = await configuration('rolldown.config.js')
    const bundle = await rolldown(config as never)
    await bundle.write(config.output as never)
    await bundle.close()
  },
  async webpack() {
    const { default: webpack } = await import('webpack')
    await compile(webpack((await configuration('webpack.config.js')) as never) as never)
  },
  async rspack() {
    const { rspack } = await import('@rspack/core')
    await compile(rspack((await configuration('rspack.config.js')) as never) as never)
  },
  async esbuild() {
    await import(pathToFileURL(join(process.cwd(), 'esbuild.build.js')).href)
  },
  async vite() {
    const { build } = await import('vite')
    await build({ root: process.cwd(), logLevel: 'error' })
  },
  async 'vite-ssr'() {
    const { build } = await import('vite')
    const ssr = { outDir: 'dist/vite-ssr', ssr: true, rolldownOptions: { input: 'src/main.js' } }
    const { default: config } = await import(pathToFileURL(join(process.cwd(), 'vite.config.js')).href)
    await build({ ...config, configFile: false, logLevel: 'error', build: ssr })
  },
}

interface Compiler {
  run(done: (error: Error | null, stats?: { hasErrors(): boolean; toString(options: object): string }) => void): void
  close(done: () => void): void
}

function compile(compiler: Compiler): Promise<void> {
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error !== null) reject(error)
        else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true, colors: false })))
        else resolve()
      })
    })
  })
}

async function configuration(name: string): Promise<Record<string, unknown>> {
  const { default: config } = await import(pathToFileURL(join(process.cwd(), name)).href)
  return config
}

const host = process.argv[2] ?? ''
try {
  await HOSTS[host]?.()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
