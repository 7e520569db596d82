/** The calls that a test makes of a program, and a SPy module that makes the same ones. */
import type { InterfaceModel } from '../../../compiler/node.ts'
import type { AnyFunction } from '../../../src/runtime/index.ts'
import { argumentText } from './literals.ts'

export interface RecordedCall {
  readonly name: string
  readonly args: readonly unknown[]
}

/** The functions of a module, which note how they are called. */
export function recording(
  functions: Readonly<Record<string, AnyFunction>>,
  calls: RecordedCall[],
): Readonly<Record<string, AnyFunction>> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, func]) => [
      name,
      (...args: unknown[]) => {
        calls.push({ name, args: structuredClone(args) })
        return func(...args)
      },
    ]),
  )
}

/** A module with a function for each call, `call_0`, `call_1`, ..., which prints the result. Some values SPy cannot write. */
export function callingModule(model: InterfaceModel, module: string, calls: readonly RecordedCall[]): string {
  const lines = [`import ${module} as called__`, '']
  let count = 0
  for (const { name, args } of calls) {
    const func = model.functions.find((each) => each.name === name)
    const list = func && argumentText(func, args, 'called__')
    if (func === undefined || list === undefined) continue
    const call = `called__.${name}${list}`
    const isNone = func.result.kind === 'scalar' && func.result.name === 'None'
    lines.push(`def call_${count}() -> None:`, `    ${isNone ? call : `print(${call})`}`, '')
    count++
  }
  return lines.join('\n')
}
