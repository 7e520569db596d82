/** The table of runtime functions is what the library has. */
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  ABI_VERSION,
  HOST_IMPORTS,
  IMPORT_MODULE,
  MEMORY,
  RUNTIME_FUNCTIONS,
  type RuntimeFunctionName,
  STACK_POINTER,
  TABLE,
  wasmSignature,
} from '../../src/runtime/abi.ts'
import { libraryFile, loadLibrary } from './library.ts'
import { signatures } from './signatures.ts'

const exports = suite('runtime-c exports')

exports('every function of the table has the signature it says', () => {
  const found = signatures(readFileSync(libraryFile))
  for (const name of Object.keys(RUNTIME_FUNCTIONS) as RuntimeFunctionName[]) {
    assert.equal(found.exports.get(name), wasmSignature(name), name)
  }
})

exports('nothing but the host module is imported', () => {
  const found = signatures(readFileSync(libraryFile))
  for (const [name, signature] of found.imports) {
    const [module, field] = name.split('.') as [string, keyof typeof HOST_IMPORTS]
    assert.is(module, IMPORT_MODULE)
    assert.equal(signature, HOST_IMPORTS[field], name)
  }
})

exports('memory, table, stack pointer and version are there', () => {
  const { exports: all, call } = loadLibrary()
  assert.instance(all[MEMORY], WebAssembly.Memory)
  assert.instance(all[TABLE], WebAssembly.Table)
  assert.instance(all[STACK_POINTER], WebAssembly.Global)
  assert.is(call('spy_abi_version'), ABI_VERSION)
  const names = Object.keys(all).sort()
  assert.equal(names, [...Object.keys(RUNTIME_FUNCTIONS), MEMORY, TABLE, STACK_POINTER].sort())
})

exports.run()
