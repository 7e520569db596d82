/**
 * Types of imports of `.spy` files with a query. What a `.spy` file itself exports is declared in `.spy/types`.
 *
 *     { "compilerOptions": { "types": ["unplugin-spy/client"] } }
 */

declare module '*.spy?raw' {
  /** The source text of the file. */
  const text: string
  export default text
}

declare module '*.spy?url' {
  /** Where the wasm of the program is that the file belongs to. */
  const url: string
  export default url
}
