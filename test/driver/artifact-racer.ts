/** Keeps and reads the same results over and over; run twice at once by the test. Says `whole` or what was wrong. */
import { artifactKey } from '../../compiler/driver/artifacts.ts'
import { ArtifactFolder } from '../../compiler/node/artifact-folder.ts'

async function race(folder: string): Promise<string> {
  const store = new ArtifactFolder(folder)
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < 3; i++) {
      const key = await artifactKey([String(i)])
      const result = new Uint8Array(50000 + i).fill(i)
      const [, found] = await Promise.all([store.put(key, result), store.get(key)])
      if (found !== undefined && Buffer.compare(found, result) !== 0) return `round ${round}: ${found.length} bytes`
    }
  }
  return 'whole'
}

race(process.argv[2] ?? '').then((outcome) => process.stdout.write(`${outcome}\n`))
