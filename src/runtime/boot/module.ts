/** How the bytes of a program become a module: from the network, or from text that stands in the page's own code. */

/** Compile while the bytes arrive; where the server does not say that they are wasm, when they have arrived. */
export async function compileFrom(url: string | URL): Promise<WebAssembly.Module> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`)
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer())
}

interface Base64Decoder {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>
}

/** Compile at once, for workers, servers and tests; browsers refuse it for big modules in pages. */
export function compileText(base64: string): WebAssembly.Module {
  const bytes =
    (Uint8Array as Base64Decoder).fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  return new WebAssembly.Module(bytes)
}
