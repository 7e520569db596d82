/** Builds something and ends without stopping the compiling process; prints the id of that process. */
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { GREETING, RELEASE } from './programs.ts'

const clang = findEmbeddedClang()
clang?.build(GREETING, RELEASE).then(() => process.stdout.write(String(clang.process.pid)))
