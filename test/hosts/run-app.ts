/**
 * Imports a built module and prints what its `run` returns, as JSON.
 *
 *     node --import tsx run-app.ts MODULE
 *
 * Code for pages fetches its wasm. In pages that is a request; here, where the code lies in a folder, it is a file.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const realFetch = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const url = String(input)
  if (!url.startsWith('file:')) return realFetch(input, init)
  return new Response(readFileSync(new URL(url)), { headers: { 'content-type': 'application/wasm' } })
}

const module = (await import(pathToFileURL(resolve(process.argv[2] ?? '')).href)) as { run(): Promise<unknown> }
console.log(JSON.stringify(await module.run()))
