/** The browser of measurements and browser tests: Debian's Chromium, driven by playwright-core. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

// The program itself: the wrapper /usr/bin/chromium adds keys and flags of its own.
const CHROMIUM = '/usr/lib/chromium/chromium'

export function chromiumIsInstalled(): boolean {
  return existsSync(CHROMIUM)
}

export async function launchChromium(): Promise<Browser> {
  if (!chromiumIsInstalled()) {
    throw new Error(`there is no ${CHROMIUM}: apt-get install --no-install-recommends chromium`)
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
