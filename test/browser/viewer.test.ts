/** Pages that show trees, in a browser: no network, and all that can be clicked. */
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { launchChromium } from '../support/chromium.ts'
import { type Folder, folderWith, spy } from '../support/spy-command.ts'

const SOURCE = `K = 10

def area(w: i32) -> i32:
    if w > K:
        return -1
    return w * K

def half(w: i32) -> f64:
    return w / 2
`

/** Open a page that a command makes, and run `look` on it. */
async function look(
  command: readonly string[],
  page: string,
  look: (page: Page, reopen: (hash: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  using folder: Folder = folderWith({ 'trees.spy': SOURCE })
  const { status, stdout, stderr } = await spy([...command, folder.file('trees.spy')])
  assert.is(`${status}${stderr}`, '0')
  assert.is(stdout, `Written ${folder.path}/build/${page}\n`)
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' })
    const opened = await context.newPage()
    const problems: string[] = []
    opened.on('pageerror', (error) => problems.push(String(error)))
    opened.on('console', (message) => problems.push(message.text()))
    opened.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('blob:')) problems.push(request.url())
    })
    const open = async (hash: string): Promise<void> => {
      await opened.goto('about:blank')
      await opened.goto(`file://${folder.path}/build/${page}${hash}`)
    }
    await open('')
    await look(opened, open)
    assert.equal(problems, [])
  } finally {
    await browser.close()
  }
}

/** The texts of all nodes of a drawing, top to bottom, left to right. */
async function shown(page: Page, section = 0): Promise<readonly string[]> {
  return page.evaluate((index) => {
    const nodes = [...document.querySelectorAll(`#diagram_${index} [data-id]`)]
    const places = nodes.map((node) => {
      const { x, y } = node.getBoundingClientRect()
      const lines = [...node.querySelectorAll('text')].map((line) => line.textContent?.replaceAll('\u00a0', ' '))
      return { x, y, text: lines.join('\n') }
    })
    return places.sort((a, b) => a.y - b.y || a.x - b.x).map(({ text }) => text)
  }, section)
}

const node = (page: Page, text: string) => page.locator('svg [data-id]', { hasText: text }).first()

const viewer = suite('viewer of trees')

viewer('parse: modules and functions are open, the rest is its source; a click opens a node', async () => {
  await look(['parse', '-f', 'html'], 'trees_parse.html', async (page) => {
    const before = await shown(page)
    assert.is(before[0], 'Module')
    assert.ok(before.includes('if w > K:\n    return -1'))
    assert.ok(before.includes('FuncDef: red half'))
    await node(page, 'return\u00a0w\u00a0/\u00a02').click()
    const after = await shown(page)
    assert.ok(after.includes('Return') && after.includes('w / 2'))
  })
})

viewer('redshift: a section for each function, and what was computed', async () => {
  await look(['rs', '-f', 'html'], 'trees_rs.html', async (page) => {
    assert.equal(await page.locator('h2').allTextContents(), ['trees::area', 'trees::half'])
    assert.ok((await shown(page, 1)).includes('return w / 2'))
    await node(page, 'return\u00a0w\u00a0*\u00a0K').click()
    assert.ok((await shown(page)).includes('w * 10'))
  })
})

viewer('colorize: all is collapsed, with the colours of its characters', async () => {
  await look(['colorize', '-f', 'html'], 'trees_colorize.html', async (page) => {
    assert.equal((await shown(page)).length, 1)
    const fills = await page
      .locator('#diagram_0 rect')
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('fill')))
    assert.ok(fills.includes('#b8d0e8') && fills.includes('#e8c0c0'))
  })
})

viewer('what is open is in the address, and comes back from there', async () => {
  await look(['symtable', '-f', 'html'], 'trees_symtable.html', async (page, reopen) => {
    const before = await shown(page)
    assert.ok(before.includes('SymTable: trees::area (red, function)'))
    await node(page, 'SymTable: trees::area').click()
    const { hash } = new URL(page.url())
    assert.match(hash, /^#s0:\d+(,\d+)*$/)
    const after = await shown(page)
    assert.ok(after.length < before.length)
    await reopen(hash)
    assert.equal(await shown(page), after)
  })
})

viewer('the menu: one subtree alone, and back; leaves away; a drawing as text', async () => {
  await look(['rs', '-f', 'html'], 'trees_rs.html', async (page) => {
    const all = await shown(page)
    const choose = async (target: string, item: string): Promise<void> => {
      await node(page, target).click({ button: 'right' })
      await page.getByRole('menuitem', { name: item }).click()
    }
    await choose('return\u00a0w\u00a0*\u00a0K', 'Focus on this subtree')
    assert.is((await shown(page))[0], 'Return')
    assert.is(await page.locator('h2:visible').count(), 1)
    assert.is(await page.getByRole('status').textContent(), 'Showing subtree onlyShow all')
    assert.match(page.url(), /;focus:0:\d+$/)
    await page.getByRole('button', { name: 'Show all' }).click()
    assert.is(await page.locator('h2:visible').count(), 2)
    assert.ok((await shown(page)).length > all.length) // the node is open now

    await choose('FuncDef: red area', 'Hide leaves')
    assert.not.ok((await shown(page)).includes("'plain'"))
    assert.match(page.url(), /noleaves$/)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      choose('FuncDef: red area', 'Save SVG as file'),
    ])
    assert.is(download.suggestedFilename(), 'tree.svg')
  })
})

viewer('resting on an open node shows its source', async () => {
  await look(['rs', '-f', 'html'], 'trees_rs.html', async (page) => {
    await node(page, 'FuncDef: red half').hover()
    const tooltip = page.getByRole('tooltip')
    await tooltip.waitFor()
    assert.is(await tooltip.textContent(), 'def half(w: i32) -> f64:\n    return w / 2')
  })
})

viewer('the keyboard opens nodes too', async () => {
  await look(['parse', '-f', 'html'], 'trees_parse.html', async (page) => {
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal(await shown(page), [SOURCE.trimEnd()])
  })
})

viewer.run()
