/** Pages that show trees: whatever a program is called and consists of, it stays text. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { htmlPage } from '../../compiler/inspect/html-page.ts'
import type { ViewNode } from '../../compiler/inspect/view-tree.ts'

const NODE: ViewNode = {
  label: 'StrLiteral',
  expr: true,
  src: '"</script><script>alert(1)</script>"',
  shape: 'expr',
  color: 'amber',
  children: [],
}

const page = suite('pages')

page('titles are text', () => {
  const html = htmlPage('a<b>.spy', [{ title: '"<i>" & co', tree: NODE }], '')
  assert.ok(html.includes('<title>a&lt;b&gt;.spy</title>'))
  assert.ok(html.includes('<h2>&quot;&lt;i&gt;&quot; &amp; co</h2>'))
})

page('data ends where it ends, and means what it meant', () => {
  const html = htmlPage('t', [{ title: 't', tree: NODE }], '')
  const [, json = ''] = /<script type="application\/json" id="tree_0">(.*?)<\/script>/s.exec(html) ?? []
  assert.equal(JSON.parse(json), NODE)
})

page('the script is not cut short by what its strings say', () => {
  const html = htmlPage('t', [], 'globalThis.text = "</script>" + "<!-- "')
  assert.is(html.match(/<\/script>/g)?.length, 2)
  const [, code = ''] = /<script type="module">\n(.*?)\n<\/script>/s.exec(html) ?? []
  const scope: { text?: string } = {}
  new Function('globalThis', code)(scope)
  assert.is(scope.text, '</script><!-- ')
})

page('nothing is loaded from elsewhere', () => {
  assert.not.match(htmlPage('t', [{ title: 't', tree: NODE }], ''), /https?:|src=|@import|url\(/)
})

page.run()
