/**
 * The terminal colours that errors and dumps use.
 */

const CODES = {
  default: '00',
  darkgray: '30;01',
  red: '31;01',
  green: '32;01',
  yellow: '33;01',
  blue: '34;01',
  fuchsia: '35;01',
  purple: '35',
  turquoise: '36;01',
} as const

export type Color = keyof typeof CODES

const BACKGROUNDS = { default: '49', red: '101', green: '102', yellow: '103', blue: '104', turquoise: '106' } as const

export type Background = keyof typeof BACKGROUNDS

/** Paints, or returns the text as it is when colours are off. */
export type Paint = (color: Color, text: string, background?: Background) => string

export function painter(enabled: boolean): Paint {
  if (!enabled) return (_color, text) => text
  return (color, text, background) => {
    const code = background === undefined ? CODES[color] : `${CODES[color]};${BACKGROUNDS[background]}`
    return `\x1b[${code}m${text}\x1b[00m`
  }
}
