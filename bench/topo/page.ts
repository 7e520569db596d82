/** What runs in the browser; the measuring program calls it. */

import type { Entry } from './contestants.ts'
import { measure, type Size } from './measure.ts'

Object.assign(globalThis, {
  measure: (entries: readonly Entry[], size: Size) =>
    measure(
      entries,
      {
        bytes: async (file) => (await fetch(`/${file}`)).arrayBuffer(),
        module: (file) => import(`/${file}`),
      },
      size,
      () => performance.now(),
    ),
})
