/**
 * What is open, in the address of the page: `#s0:3,7;s1:2;focus:1:4;noleaves`. Sections that are as the page was made
 * are left out.
 */

export interface ViewState {
  /** Ids of collapsed nodes, by section. */
  readonly collapsed: ReadonlyMap<number, ReadonlySet<number>>
  readonly focus: { readonly section: number; readonly node: number } | null
  readonly leaves: boolean
}

export function printHash({ collapsed, focus, leaves }: ViewState): string {
  const parts = [...collapsed].map(([section, ids]) => `s${section}:${[...ids].join(',')}`)
  if (focus !== null) parts.push(`focus:${focus.section}:${focus.node}`)
  if (!leaves) parts.push('noleaves')
  return parts.join(';')
}

/** Takes a list of ids alone as the first section, and nothing seriously that it does not know. */
export function parseHash(hash: string): ViewState {
  const collapsed = new Map<number, ReadonlySet<number>>()
  let focus: ViewState['focus'] = null
  let leaves = true
  for (const part of hash.replace(/^#/, '').split(';')) {
    const section = /^s(\d+):([\d,]*)$/.exec(part)
    const focused = /^focus:(\d+):(\d+)$/.exec(part)
    if (section !== null) collapsed.set(Number(section[1]), ids(section[2] ?? ''))
    else if (focused !== null) focus = { section: Number(focused[1]), node: Number(focused[2]) }
    else if (part === 'noleaves') leaves = false
    else if (/^\d+(,\d+)*$/.test(part)) collapsed.set(0, ids(part))
  }
  return { collapsed, focus, leaves }
}

function ids(text: string): ReadonlySet<number> {
  return new Set(text.split(',').filter(Boolean).map(Number))
}
