/** Time for programs. */

/** Import `spy.clock_time`: seconds since 1970. */
export const clock_time = () => (): number => Date.now() / 1000

/** Import `spy.clock_sleep`: calls are synchronous, so there is nothing else to do than to wait. */
export const clock_sleep =
  () =>
  (seconds: number): number => {
    const end = performance.now() + seconds * 1000
    while (performance.now() < end);
    return 0
  }
