/** What runs in the browser; the measuring program calls it. */

import type { Entry } from './contestants.ts'
import { measure, type Work } from './measure.ts'

Object.assign(globalThis, {
  measure: (entries: readonly Entry[], work: Work) =>
    measure(
      entries,
      {
        bytes: async (file) => (await fetch(`/${file}`)).arrayBuffer(),
        module: (file) => import(`/${file}`),
      },
      work,
      () => performance.now(),
    ),
})
