/**
 * Pages that show trees: one file that holds all it needs, and asks no server for anything.
 */
import type { ViewNode } from './view-tree.ts'

export interface PageSection {
  readonly title: string
  readonly tree: ViewNode
}

/**
 * @param viewer  the script that draws: a module that defines `globalThis.SPyAstViz`
 * @param title   of the page
 */
export function htmlPage(title: string, sections: readonly PageSection[], viewer: string): string {
  const body = sections.map((section, index) => htmlSection(section, index)).join('\n')
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body { margin: 24px 28px; background: #f8fafc; color: #1e293b; font-family: system-ui, sans-serif; }
h2 { margin: 28px 0 10px; font: 600 15px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
h2:first-of-type { margin-top: 0; }
svg { display: block; }
svg [tabindex]:focus { outline: none; }
svg[data-keyboard] [tabindex]:focus { outline: 2px solid #6a9ac4; outline-offset: 2px; }
</style>
</head>
<body>
${body}
<script type="module">
${escapeScript(viewer)}
</script>
<script type="module">
${sections.map((_, index) => `SPyAstViz.render(document.getElementById("diagram_${index}"), tree("tree_${index}"))`).join('\n')}
SPyAstViz.restoreFromHash()
function tree(id) { return JSON.parse(document.getElementById(id).textContent) }
</script>
</body>
</html>
`
}

function htmlSection({ title, tree }: PageSection, index: number): string {
  return `<h2>${escapeHtml(title)}</h2>
<svg id="diagram_${index}" role="tree"></svg>
<script type="application/json" id="tree_${index}">${JSON.stringify(tree).replaceAll('<', '\\u003c')}</script>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A script ends at the first `</script`, whatever that means in JavaScript; in strings it can be written otherwise. */
function escapeScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, '\\x3c')
}
