/**
 * A host for command-line programs compiled to WASI preview 1, with files in memory: arguments in, files and text out,
 * nothing of the machine it runs on. Time stands still and random numbers are not, so equal input gives equal output.
 * Just what LLVM's tools ask for; the rest says "not supported".
 */

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Everything in the file system afterwards, by absolute path. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** WASI's numbers for what can go wrong. */
const OK = 0
const EBADF = 8
const EEXIST = 20
const EISDIR = 31
const EINVAL = 28
const ENOENT = 44
const ENOTDIR = 54
const ENOTSUP = 58

const REGULAR_FILE = 4
const DIRECTORY = 3
const CHARACTER_DEVICE = 2

/** A file while the command runs: `bytes` has room to grow, `size` bytes of it count. */
interface OpenableFile {
  readonly identity: number
  bytes: Uint8Array
  size: number
}

type Descriptor =
  | { readonly kind: 'file'; readonly file: OpenableFile; readonly append: boolean; position: number }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'output'; readonly chunks: Uint8Array[] }
  | { readonly kind: 'input' }

class Exit {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

const encoder = new TextEncoder()

/**
 * Run a command to its end.
 *
 * @param module   exports `memory` and `_start`; it can be used again, an instance cannot
 * @param argv     the first is the name of the command
 * @param files    by absolute path
 */
export function runCommand(
  module: WebAssembly.Module,
  argv: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): CommandResult {
  const run = new Command(argv, files)
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: run.imports() })
  return run.start(instance)
}

class Command {
  readonly #argv: readonly Uint8Array[]
  readonly #files = new Map<string, OpenableFile>()
  readonly #directories = new Set<string>(['/'])
  readonly #descriptors = new Map<number, Descriptor>()
  readonly #stdout: Uint8Array[] = []
  readonly #stderr: Uint8Array[] = []
  #memory: WebAssembly.Memory | undefined
  #random = 1
  #nextIdentity = 1000

  constructor(argv: readonly string[], files: ReadonlyMap<string, Uint8Array>) {
    this.#argv = argv.map((arg) => encoder.encode(`${arg}\0`))
    for (const [path, bytes] of files) {
      this.#files.set(path, { identity: this.#nextIdentity++, bytes, size: bytes.length })
      this.#addParents(path)
    }
    this.#descriptors.set(0, { kind: 'input' })
    this.#descriptors.set(1, { kind: 'output', chunks: this.#stdout })
    this.#descriptors.set(2, { kind: 'output', chunks: this.#stderr })
    this.#descriptors.set(3, { kind: 'directory', path: '/' })
  }

  start(instance: WebAssembly.Instance): CommandResult {
    const { memory, _start } = instance.exports as { memory: WebAssembly.Memory; _start: () => void }
    this.#memory = memory
    let exitCode = 0
    try {
      _start()
    } catch (error) {
      if (!(error instanceof Exit)) throw error
      exitCode = error.code
    }
    const files = new Map<string, Uint8Array>()
    for (const [path, file] of this.#files) files.set(path, file.bytes.subarray(0, file.size))
    return { exitCode, stdout: textOf(this.#stdout), stderr: textOf(this.#stderr), files }
  }

  /** The memory may have grown since the last call. */
  get #view(): DataView {
    return new DataView((this.#memory as WebAssembly.Memory).buffer)
  }

  get #bytes(): Uint8Array {
    return new Uint8Array((this.#memory as WebAssembly.Memory).buffer)
  }

  #addParents(path: string): void {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      this.#directories.add(path.slice(0, at))
    }
  }

  /** The absolute path that `length` bytes at `address` name, seen from the directory `fd`. */
  #path(fd: number, address: number, length: number): string | undefined {
    const directory = this.#descriptors.get(fd)
    if (directory?.kind !== 'directory') return undefined
    const relative = new TextDecoder().decode(this.#bytes.slice(address, address + length))
    const parts: string[] = []
    for (const part of `${directory.path}/${relative}`.split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '' && part !== '.') parts.push(part)
    }
    return `/${parts.join('/')}`
  }

  /** `identity` tells files apart: a compiler takes two with the same number for one. */
  #writeStat(address: number, type: number, size: number, identity: number): number {
    const view = this.#view
    for (let i = 0; i < 64; i += 8) view.setBigUint64(address + i, 0n, true)
    view.setBigUint64(address + 8, BigInt(identity), true)
    view.setUint8(address + 16, type)
    view.setBigUint64(address + 24, 1n, true)
    view.setBigUint64(address + 32, BigInt(size), true)
    return OK
  }

  #open(path: string, flags: number, fdFlags: number, result: number): number {
    const create = (flags & 1) !== 0
    const isDirectory = this.#directories.has(path)
    if ((flags & 2) !== 0 && !isDirectory) return this.#files.has(path) ? ENOTDIR : ENOENT
    let descriptor: Descriptor
    if (isDirectory) {
      if (create) return EISDIR
      descriptor = { kind: 'directory', path }
    } else {
      let file = this.#files.get(path)
      if (file !== undefined && create && (flags & 4) !== 0) return EEXIST
      if (file === undefined) {
        if (!create) return ENOENT
        file = { identity: this.#nextIdentity++, bytes: new Uint8Array(0), size: 0 }
        this.#files.set(path, file)
        this.#addParents(path)
      }
      // Given files are not ours: truncating must not write into them, so it begins a new one.
      if ((flags & 8) !== 0) {
        file.bytes = new Uint8Array(0)
        file.size = 0
      }
      descriptor = { kind: 'file', file, append: (fdFlags & 1) !== 0, position: 0 }
    }
    let fd = 4
    while (this.#descriptors.has(fd)) fd++
    this.#descriptors.set(fd, descriptor)
    this.#view.setUint32(result, fd, true)
    return OK
  }

  /** Calls `take` with each of the `count` buffers of a scattered read or write, until it moves less than one whole. */
  #scatter(vectors: number, count: number, take: (buffer: Uint8Array) => number): number {
    const view = this.#view
    let total = 0
    for (let i = 0; i < count; i++) {
      const start = view.getUint32(vectors + 8 * i, true)
      const length = view.getUint32(vectors + 8 * i + 4, true)
      const moved = take(this.#bytes.subarray(start, start + length))
      total += moved
      if (moved < length) break
    }
    return total
  }

  #read(fd: number, vectors: number, count: number, at: number | undefined, result: number): number {
    const descriptor = this.#descriptors.get(fd)
    if (descriptor?.kind === 'input') {
      this.#view.setUint32(result, 0, true)
      return OK
    }
    if (descriptor?.kind !== 'file') return EBADF
    const { file } = descriptor
    let position = at ?? descriptor.position
    const total = this.#scatter(vectors, count, (buffer) => {
      const part = file.bytes.subarray(position, Math.min(position + buffer.length, file.size))
      buffer.set(part)
      position += part.length
      return part.length
    })
    if (at === undefined) descriptor.position = position
    this.#view.setUint32(result, total, true)
    return OK
  }

  #write(fd: number, vectors: number, count: number, result: number): number {
    const descriptor = this.#descriptors.get(fd)
    if (descriptor?.kind !== 'file' && descriptor?.kind !== 'output') return EBADF
    const total = this.#scatter(vectors, count, (buffer) => {
      if (descriptor.kind === 'output') {
        descriptor.chunks.push(buffer.slice())
        return buffer.length
      }
      if (descriptor.append) descriptor.position = descriptor.file.size
      const end = descriptor.position + buffer.length
      reserve(descriptor.file, end)
      descriptor.file.bytes.set(buffer, descriptor.position)
      descriptor.file.size = Math.max(descriptor.file.size, end)
      descriptor.position = end
      return buffer.length
    })
    this.#view.setUint32(result, total, true)
    return OK
  }

  imports(): WebAssembly.ModuleImports {
    const withPath = (fd: number, address: number, length: number, use: (path: string) => number): number => {
      const path = this.#path(fd, address, length)
      return path === undefined ? EBADF : use(path)
    }
    const unsupported = () => ENOTSUP
    return {
      args_sizes_get: (count: number, size: number) => {
        this.#view.setUint32(count, this.#argv.length, true)
        this.#view.setUint32(
          size,
          this.#argv.reduce((sum, arg) => sum + arg.length, 0),
          true,
        )
        return OK
      },
      args_get: (pointers: number, at: number) => {
        for (const [i, arg] of this.#argv.entries()) {
          this.#view.setUint32(pointers + 4 * i, at, true)
          this.#bytes.set(arg, at)
          at += arg.length
        }
        return OK
      },
      environ_sizes_get: (count: number, size: number) => {
        this.#view.setUint32(count, 0, true)
        this.#view.setUint32(size, 0, true)
        return OK
      },
      environ_get: () => OK,
      clock_time_get: (_clock: number, _precision: bigint, result: number) => {
        this.#view.setBigUint64(result, 0n, true)
        return OK
      },
      random_get: (at: number, length: number) => {
        for (let i = 0; i < length; i++) {
          this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0
          this.#bytes[at + i] = this.#random >>> 24
        }
        return OK
      },
      proc_exit: (code: number) => {
        throw new Exit(code)
      },
      poll_oneoff: unsupported,

      fd_prestat_get: (fd: number, result: number) => {
        if (fd !== 3) return EBADF
        this.#view.setUint32(result, 0, true)
        this.#view.setUint32(result + 4, 1, true)
        return OK
      },
      fd_prestat_dir_name: (fd: number, at: number) => {
        if (fd !== 3) return EBADF
        this.#bytes[at] = 0x2f
        return OK
      },
      fd_close: (fd: number) => (this.#descriptors.delete(fd) ? OK : EBADF),
      fd_fdstat_get: (fd: number, result: number) => {
        const descriptor = this.#descriptors.get(fd)
        if (descriptor === undefined) return EBADF
        const view = this.#view
        for (let i = 0; i < 24; i += 8) view.setBigUint64(result + i, 0n, true)
        view.setUint8(result, typeOf(descriptor))
        view.setBigUint64(result + 8, 0xffffffffffffffffn, true) // all rights
        view.setBigUint64(result + 16, 0xffffffffffffffffn, true)
        return OK
      },
      fd_filestat_get: (fd: number, result: number) => {
        const descriptor = this.#descriptors.get(fd)
        if (descriptor === undefined) return EBADF
        if (descriptor.kind !== 'file') return this.#writeStat(result, typeOf(descriptor), 0, fd)
        return this.#writeStat(result, REGULAR_FILE, descriptor.file.size, descriptor.file.identity)
      },
      fd_filestat_set_size: (fd: number, size: bigint) => {
        const descriptor = this.#descriptors.get(fd)
        if (descriptor?.kind !== 'file') return EBADF
        reserve(descriptor.file, Number(size))
        descriptor.file.bytes.fill(0, Math.min(descriptor.file.size, Number(size)))
        descriptor.file.size = Number(size)
        return OK
      },
      fd_filestat_set_times: () => OK,
      fd_read: (fd: number, vectors: number, count: number, result: number) =>
        this.#read(fd, vectors, count, undefined, result),
      fd_pread: (fd: number, vectors: number, count: number, at: bigint, result: number) =>
        this.#read(fd, vectors, count, Number(at), result),
      fd_write: (fd: number, vectors: number, count: number, result: number) => this.#write(fd, vectors, count, result),
      fd_seek: (fd: number, offset: bigint, whence: number, result: number) => {
        const descriptor = this.#descriptors.get(fd)
        if (descriptor?.kind !== 'file') return EBADF
        const base = whence === 0 ? 0 : whence === 1 ? descriptor.position : descriptor.file.size
        const position = base + Number(offset)
        if (position < 0) return EINVAL
        descriptor.position = position
        this.#view.setBigUint64(result, BigInt(position), true)
        return OK
      },
      fd_readdir: (_fd: number, _at: number, _length: number, _cookie: bigint, result: number) => {
        this.#view.setUint32(result, 0, true)
        return OK
      },

      path_open: (
        fd: number,
        _lookup: number,
        address: number,
        length: number,
        flags: number,
        _rights: bigint,
        _inherited: bigint,
        fdFlags: number,
        result: number,
      ) => withPath(fd, address, length, (path) => this.#open(path, flags, fdFlags, result)),
      path_filestat_get: (fd: number, _flags: number, address: number, length: number, result: number) =>
        withPath(fd, address, length, (path) => {
          const file = this.#files.get(path)
          if (file !== undefined) return this.#writeStat(result, REGULAR_FILE, file.size, file.identity)
          return this.#directories.has(path) ? this.#writeStat(result, DIRECTORY, 0, path.length) : ENOENT
        }),
      path_create_directory: (fd: number, address: number, length: number) =>
        withPath(fd, address, length, (path) => {
          this.#directories.add(path)
          return OK
        }),
      path_unlink_file: (fd: number, address: number, length: number) =>
        withPath(fd, address, length, (path) => (this.#files.delete(path) ? OK : ENOENT)),
      path_rename: (fd: number, address: number, length: number, fd2: number, address2: number, length2: number) =>
        withPath(fd, address, length, (from) =>
          withPath(fd2, address2, length2, (to) => {
            const file = this.#files.get(from)
            if (file === undefined) return ENOENT
            this.#files.delete(from)
            this.#files.set(to, file)
            this.#addParents(to)
            return OK
          }),
        ),
      path_link: unsupported,
      path_readlink: () => EINVAL, // nothing here is a symbolic link
      path_symlink: unsupported,
      path_remove_directory: unsupported,
    }
  }
}

function typeOf(descriptor: Descriptor): number {
  switch (descriptor.kind) {
    case 'file':
      return REGULAR_FILE
    case 'directory':
      return DIRECTORY
    case 'input':
    case 'output':
      return CHARACTER_DEVICE
  }
}

/** Room for `size` bytes; given bytes are copied before the first write, because they belong to the caller. */
function reserve(file: OpenableFile, size: number): void {
  if (size <= file.bytes.length && file.size !== file.bytes.length) return
  const grown = new Uint8Array(Math.max(4096, size * 2))
  grown.set(file.bytes.subarray(0, file.size))
  file.bytes = grown
}

function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
}
