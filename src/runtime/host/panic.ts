/** The way out of a program that cannot go on: a SPy exception becomes a JavaScript one. */
import { SpyError } from '../errors.ts'
import { type Guest, readUtf8 } from '../memory/guest.ts'

/** Import `spy.panic`; the place counts lines and columns from 1. Never returns. */
export const panic =
  (guest: Guest) =>
  (
    etype: number,
    etypeLength: number,
    message: number,
    messageLength: number,
    file: number,
    fileLength: number,
    startLine: number,
    startCol: number,
  ): never => {
    const place = readUtf8(guest, file, fileLength)
    const span = { file: place, startLine, startCol, endLine: startLine, endCol: startCol }
    throw new SpyError(
      readUtf8(guest, etype, etypeLength),
      readUtf8(guest, message, messageLength),
      place ? [{ kind: 'astframe', fqn: '', span, source: '' }] : [],
    )
  }
