/**
 * The facade of development: everything comes from the hot cell of the program, which knows how to convert and to
 * check, so that a function that an app holds calls the newest code for ever. The text depends on names alone.
 */
import type { InterfaceModel } from '../model/interface-model.ts'
import { exportSpecifier, localName } from '../model/js-names.ts'

export function devBody(model: InterfaceModel): string {
  const module = `const $module = $.module(${JSON.stringify(model.module)})`
  const fixed = [...model.functions, ...model.classes].map(({ name }) => name)
  // Exports are live: importers see what is assigned later.
  const changing = model.constants.map(({ name }) => name)
  const lines = [
    module,
    ...fixed.map((name) => `const ${localName(name)} = $module.${name}`),
    ...changing.map((name) => `let ${localName(name)} = $module.${name}`),
  ]
  if (changing.length > 0) {
    const assignments = changing.map((name) => `  ${localName(name)} = $module.${name}\n`)
    lines.push(`$.onUpdate(() => {\n${assignments.join('')}})`)
  }
  const names = [...fixed, ...changing]
  if (names.length > 0) lines.push(`export { ${names.map(exportSpecifier).join(', ')} }`)
  lines.push('export default $module')
  return `${lines.join('\n')}\n`
}
