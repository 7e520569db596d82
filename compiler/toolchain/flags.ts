/**
 * What both toolchains are told, in one place, so that they make the same kind of module: the same instructions, the same
 * exports, the same layout of memory.
 */
import type { BuildOptions } from './port.ts'

/**
 * Part of the version of both toolchains, and so of the keys of kept results: counts changes of this file and of what is
 * done to a module after linking.
 */
export const FLAGS_VERSION = 5

/**
 * Instructions beyond the first wasm: V8 11, Chrome 111, Firefox 114 and Safari 16.4 have all of them. Named one by one,
 * because compilers differ in what they take for granted.
 */
const FEATURES = ['bulk-memory', 'nontrapping-fptoint', 'sign-ext', 'mutable-globals'] as const

/** Names of target features, without sign. */
export function features(options: BuildOptions): readonly string[] {
  return usesSimd(options) ? [...FEATURES, 'simd128'] : FEATURES
}

function usesSimd({ profile, simd }: BuildOptions): boolean {
  return simd ?? profile === 'release'
}

/** What stands behind -O. */
export function optimization({ profile, optimize }: BuildOptions): string {
  if (optimize !== undefined) return optimize
  switch (profile) {
    case 'debug':
      return '1' // as fast as -O3 on most code, where -O0 is seven times slower
    case 'release':
      return '3'
    case 'size':
      return 'z'
  }
}

export function keepsNames({ profile, debugInfo }: BuildOptions): boolean {
  return debugInfo ?? profile === 'debug'
}

/**
 * Language, dialect and what generated code relies on: C11 without libc; floats exactly as written; memory read as other
 * types than it was written. Signed overflow needs no flag: generated code computes unsigned.
 */
export const DIALECT = [
  '-std=c11',
  '-ffreestanding',
  '-ffp-contract=off',
  '-fno-strict-aliasing',
  '-fno-finite-loops', // C may assume that a loop without effects ends; in SPy it may wait for ever
  '-fno-optimize-sibling-calls', // recursion without end is a stack overflow; as a loop it would run for ever
  '-fvisibility=hidden',
]

/** The same where there is a libc; the host part of the runtime is made of it. */
export const NATIVE_DIALECT: readonly string[] = [
  ...DIALECT.filter((flag) => flag !== '-ffreestanding'),
  '-fno-math-errno', // square roots are instructions
]

/** Warnings are errors. That `x != x` asks for nan, and what else can be told of a comparison, is the program's affair. */
export const STRICT: readonly string[] = ['-Werror', '-Wno-tautological-compare']

/** Where names are kept, every function stays one, so that stacks show it; small helpers ask to be inlined by themselves. */
export function inlining({ profile }: BuildOptions): readonly string[] {
  return profile === 'debug' ? ['-fno-inline'] : []
}

/** Clang allows 256 brackets in each other by itself, and generated code has several for each operator. */
export const BRACKET_DEPTH = '4096'

/** Arguments of wasm-ld beside inputs and output. */
export function linkArguments(options: BuildOptions): readonly string[] {
  return [
    '--no-entry',
    '--stack-first', // a stack that overflows hits the end of memory instead of data
    '-z',
    `stack-size=${options.stackSize ?? 262144}`,
    ...(options.exportTable ? ['--export-table', '--growable-table'] : []),
    ...(options.exports ?? []).map((name) => `--export-if-defined=${name}`),
    '-O2', // equal strings once
    ...(keepsNames(options) ? [] : ['--strip-all']),
  ]
}
