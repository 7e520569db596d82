#!/usr/bin/env node
/** The command `spy`. */
import module from 'node:module'

// Node 22 and newer keep compiled code, so that commands start faster the next time: of what is loaded after this.
;(module as { enableCompileCache?: () => void }).enableCompileCache?.()

const { runCommand } = await import('./node/command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
