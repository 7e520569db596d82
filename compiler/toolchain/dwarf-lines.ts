/**
 * The line table of DWARF (versions 2 to 4, section 6.2 of the standard): which source line each instruction of a module
 * comes from, as C compilers and linkers leave it in `.debug_line`.
 */
import { CODE, readUleb, wasmSections } from './wasm-sections.ts'

/** From this byte of the module on, up to the next row. */
export interface LineRow {
  readonly offset: number
  /** As `#line` or the command line named it; undefined where a piece of code ends, and what follows is unknown. */
  readonly file: string | undefined
  /** From 1; 0 for code of no line. */
  readonly line: number
  /** From 1, in bytes; 0 where the compiler gave none. */
  readonly column: number
}

/** In the order of offsets; none for modules without a table, or with one of another version. */
export function readLineRows(wasm: Uint8Array): readonly LineRow[] {
  const sections = wasmSections(wasm)
  const table = sections.find(({ name }) => name === '.debug_line')
  const code = sections.find(({ id }) => id === CODE)
  if (table === undefined || code === undefined) return []
  const rows: LineRow[] = []
  const reader = new Reader(wasm.subarray(table.content, table.end))
  while (!reader.atEnd) readUnit(reader, code.end - code.content, rows)
  return rows.sort((a, b) => a.offset - b.offset).map((row) => ({ ...row, offset: row.offset + code.content }))
}

interface Registers {
  address: number
  file: number
  line: number
  column: number
}

/** @param size  of the code: sequences of functions that the linker has dropped lie outside, or at 0 */
function readUnit(reader: Reader, size: number, rows: LineRow[]): void {
  const length = reader.u32()
  const end = reader.at + length
  const version = reader.u16()
  if (version < 2 || version > 4) {
    reader.at = end
    return
  }
  const headerLength = reader.u32()
  const program = reader.at + headerLength
  const header = readHeader(reader, version)
  reader.at = program

  const fresh = (): Registers => ({ address: 0, file: 1, line: 1, column: 0 })
  let state = fresh()
  let sequence: LineRow[] = []
  const row = (): void => {
    sequence.push({
      offset: state.address,
      file: header.files[state.file - 1] ?? '',
      line: state.line,
      column: state.column,
    })
  }
  const endSequence = (): void => {
    const [first] = sequence
    if (first !== undefined && first.offset > 0 && state.address <= size) {
      rows.push(...sequence, { offset: state.address, file: undefined, line: 0, column: 0 })
    }
    state = fresh()
    sequence = []
  }

  while (reader.at < end) {
    const opcode = reader.u8()
    if (opcode >= header.opcodeBase) {
      const adjusted = opcode - header.opcodeBase
      state.address += Math.floor(adjusted / header.lineRange) * header.unit
      state.line += header.lineBase + (adjusted % header.lineRange)
      row()
      continue
    }
    switch (opcode) {
      case 0: {
        const size = reader.uleb()
        const next = reader.at + size
        const extended = reader.u8()
        if (extended === 1) endSequence()
        else if (extended === 2) state.address = reader.u32()
        reader.at = next
        break
      }
      case 1:
        row()
        break
      case 2:
        state.address += reader.uleb() * header.unit
        break
      case 3:
        state.line += reader.sleb()
        break
      case 4:
        state.file = reader.uleb()
        break
      case 5:
        state.column = reader.uleb()
        break
      case 8:
        state.address += Math.floor((255 - header.opcodeBase) / header.lineRange) * header.unit
        break
      case 9:
        state.address += reader.u16()
        break
      default:
        // Blocks and whatever else there is: only their operands matter.
        for (let i = header.operands[opcode - 1] ?? 0; i > 0; i--) reader.uleb()
    }
  }
}

interface Header {
  /** Bytes of the smallest instruction. */
  readonly unit: number
  readonly lineBase: number
  readonly lineRange: number
  readonly opcodeBase: number
  /** How many operands each standard opcode has. */
  readonly operands: readonly number[]
  /** With their folders, unless they are absolute or in the folder of the compilation. */
  readonly files: readonly string[]
}

function readHeader(reader: Reader, version: number): Header {
  const unit = reader.u8()
  if (version >= 4) reader.u8() // operations of one instruction: there are no such machines here
  reader.u8() // whether rows are statements by default
  const lineBase = reader.i8()
  const lineRange = reader.u8()
  const opcodeBase = reader.u8()
  const operands = Array.from({ length: opcodeBase - 1 }, () => reader.u8())
  const folders: string[] = []
  for (let folder = reader.text(); folder !== ''; folder = reader.text()) folders.push(folder)
  const files: string[] = []
  for (let file = reader.text(); file !== ''; file = reader.text()) {
    const folder = folders[reader.uleb() - 1]
    reader.uleb() // time
    reader.uleb() // size
    files.push(folder === undefined || file.startsWith('/') ? file : `${folder}/${file}`)
  }
  return { unit, lineBase, lineRange, opcodeBase, operands, files }
}

/** Little-endian numbers and texts, one behind the other. */
class Reader {
  at = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get atEnd(): boolean {
    return this.at >= this.#bytes.length
  }

  u8(): number {
    return this.#view.getUint8(this.at++)
  }

  i8(): number {
    return this.#view.getInt8(this.at++)
  }

  u16(): number {
    this.at += 2
    return this.#view.getUint16(this.at - 2, true)
  }

  u32(): number {
    this.at += 4
    return this.#view.getUint32(this.at - 4, true)
  }

  uleb(): number {
    const { value, next } = readUleb(this.#bytes, this.at)
    this.at = next
    return value
  }

  sleb(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8()
      if (shift < 32) value |= (byte & 127) << shift
      if (byte < 128) return shift < 25 && (byte & 64) !== 0 ? value | (-1 << (shift + 7)) : value
    }
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.at)
    const text = new TextDecoder().decode(this.#bytes.subarray(this.at, end))
    this.at = end + 1
    return text
  }
}
