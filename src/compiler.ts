/** The compiler, for pages: files and toolchains are handed in. */
export * from '../compiler/index.ts'
