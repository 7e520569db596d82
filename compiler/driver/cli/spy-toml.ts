/** `spy.toml`, which stands beside the file that a command is given. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HostError } from '../../text/diagnostics.ts'

/**
 * The one thing that such a file can ask for is modules written in other languages. We have none yet, and say so rather
 * than let their imports fail.
 *
 * @throws HostError
 */
export function heedSpyToml(file: string): void {
  const path = join(dirname(file), 'spy.toml')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return
  }
  // Comments go first; a `#` inside of a string only hides what is behind it from this search.
  if (!/^\s*["']?extra-vm-modules["']?\s*=\s*\[\s*[^\s\]]/m.test(text.replace(/#.*/g, ''))) return
  throw new HostError('extra-vm-modules: modules that are not written in SPy are not implemented yet', {
    tried: [path],
    fix: 'leave them out with --no-spy-toml, if the program runs without them',
  })
}
