/** A drawing as text: a picture of its own, for files and other programs. */

export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.removeAttribute('id')
  for (const node of copy.querySelectorAll('[tabindex]')) node.removeAttribute('tabindex')
  for (const node of copy.querySelectorAll('[style]')) node.removeAttribute('style')
  return new XMLSerializer().serializeToString(copy)
}

export async function copyText(text: string): Promise<void> {
  // Pages that were opened as files may have no clipboard; the old way works there.
  if (navigator.clipboard !== undefined) {
    try {
      return await navigator.clipboard.writeText(text)
    } catch {}
  }
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

export function saveText(text: string, name: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
