/** What lies above the drawing: the menu, the tooltip, the banner. */
import { FAINT, FONT, INK, LINE, SIZE } from './palette.ts'

function styled(name: string, style: Partial<CSSStyleDeclaration>): HTMLElement {
  const made = document.createElement(name)
  Object.assign(made.style, style)
  return made
}

const CARD = {
  background: '#ffffff',
  border: `1px solid ${LINE}`,
  borderRadius: '8px',
  boxShadow: '0 8px 24px rgb(15 23 42 / 0.16)',
  color: INK,
  position: 'fixed',
  zIndex: '10',
} as const

// ------------------------------------------------------------------------------------------------------------ menu

export interface MenuItem {
  readonly text: string
  readonly action: () => void
}

let closeMenu = (): void => {}

/** At a point of the window, until something else is done. */
export function openMenu(x: number, y: number, items: readonly MenuItem[]): void {
  closeMenu()
  const menu = styled('div', { ...CARD, padding: '5px', font: '13px system-ui, sans-serif', minWidth: '210px' })
  menu.setAttribute('role', 'menu')
  for (const { text, action } of items) {
    const item = styled('button', {
      all: 'unset',
      display: 'block',
      boxSizing: 'border-box',
      width: '100%',
      padding: '6px 10px',
      borderRadius: '5px',
      cursor: 'pointer',
    })
    item.textContent = text
    item.setAttribute('role', 'menuitem')
    const light = (on: boolean) => () => {
      item.style.background = on ? '#e2e8f0' : 'none'
    }
    item.addEventListener('pointerenter', light(true))
    item.addEventListener('pointerleave', light(false))
    item.addEventListener('focus', light(true))
    item.addEventListener('blur', light(false))
    item.addEventListener('click', () => {
      closeMenu()
      action()
    })
    menu.append(item)
  }
  document.body.append(menu)
  const { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`
  menu.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`
  const leave = (event: Event): void => {
    if (event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.contains(event.target as Node)) closeMenu()
  }
  const events = ['pointerdown', 'keydown', 'scroll'] as const
  for (const event of events) addEventListener(event, leave, true)
  closeMenu = () => {
    for (const event of events) removeEventListener(event, leave, true)
    menu.remove()
    closeMenu = () => {}
  }
}

// --------------------------------------------------------------------------------------------------------- tooltip

let tooltip: HTMLElement | undefined

export function showTooltip(text: string, below: DOMRect): void {
  hideTooltip()
  tooltip = styled('pre', {
    ...CARD,
    margin: '0',
    padding: '8px 12px',
    font: `${SIZE.font}px/${SIZE.line}px ${FONT}`,
    maxWidth: '80vw',
    maxHeight: '60vh',
    overflow: 'hidden',
    pointerEvents: 'none',
  })
  tooltip.setAttribute('role', 'tooltip')
  tooltip.textContent = text
  document.body.append(tooltip)
  const { width, height } = tooltip.getBoundingClientRect()
  const isAbove = below.bottom + 6 + height > innerHeight && below.top - 6 - height > 0
  tooltip.style.left = `${Math.max(4, Math.min(below.left, innerWidth - width - 4))}px`
  tooltip.style.top = `${isAbove ? below.top - 6 - height : below.bottom + 6}px`
}

export function hideTooltip(): void {
  tooltip?.remove()
  tooltip = undefined
}

// ---------------------------------------------------------------------------------------------------------- banner

let banner: HTMLElement | undefined

/** Says that not all is shown, and offers to show it. */
export function showBanner(showAll: () => void): void {
  hideBanner()
  banner = styled('div', {
    ...CARD,
    top: '12px',
    left: '50%',
    transform: 'translateX(-50%)',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '7px 8px 7px 16px',
    font: '13px system-ui, sans-serif',
  })
  banner.setAttribute('role', 'status')
  const button = styled('button', {
    font: 'inherit',
    color: INK,
    background: '#e2e8f0',
    border: `1px solid ${FAINT}55`,
    borderRadius: '5px',
    padding: '4px 10px',
    cursor: 'pointer',
  })
  button.textContent = 'Show all'
  button.addEventListener('click', showAll)
  banner.append('Showing subtree only', button)
  document.body.append(banner)
}

export function hideBanner(): void {
  banner?.remove()
  banner = undefined
}
