#!/usr/bin/env node
/** The command `spy`. */
import module from 'node:module'
import { expectOneCompilation } from './node/one-shot.ts'

// Node 22 and newer keep compiled code, so that commands start faster the next time: of what is loaded after this.
;(module as { enableCompileCache?: () => void }).enableCompileCache?.()

expectOneCompilation()
const { runCommand } = await import('./node/command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
