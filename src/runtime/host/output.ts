/** What a program prints: descriptors 1 and 2 go to the console, line by line, or wherever the app wants them. */
import type { Guest } from '../memory/guest.ts'

/** Receives text as it comes; it may be part of a line. */
export type Writer = (text: string) => void

export interface Output {
  readonly stdout: Writer
  readonly stderr: Writer
}

const EBADF = -8

/** Import `spy.fd_write`, which hands all bytes over at once. A character may be cut in two between calls. */
export const writesTo = (output: Output) => (guest: Guest) => {
  const streams = [output.stdout, output.stderr].map((write) => ({ write, decoder: new TextDecoder() }))
  return (fd: number, address: number, byteLength: number): number => {
    const stream = streams[fd - 1]
    if (!stream) return EBADF
    const text = stream.decoder.decode(new Uint8Array(guest.memory.buffer, address, byteLength), { stream: true })
    if (text) stream.write(text)
    return byteLength
  }
}

/** Collects text until a line is complete, because a console adds the line break itself. */
export const byLine = (show: (line: string) => void): Writer => {
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() as string
    for (const line of lines) show(line)
  }
}

/** Import `spy.fd_write` of apps. */
export const fd_write = (guest: Guest) =>
  writesTo({ stdout: byLine((line) => console.log(line)), stderr: byLine((line) => console.error(line)) })(guest)
