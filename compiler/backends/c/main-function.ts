/**
 * C's `main`, where a program begins that is a command of its own: it calls the program's, and ends with its result.
 */
import type { SpyType, StructType } from '../../objects/types.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { fieldName } from './names.ts'
import { pointerMap } from './roots.ts'
import { hasValue } from './types.ts'
import type { CFunction, Unit } from './unit.ts'

/** @param func  without parameters or with a `list[str]`, giving None or an i32 */
export function emitMain(unit: Unit, func: CFunction): readonly string[] {
  const { tree } = func
  const [param] = tree.params
  const args = param === undefined ? [] : ['spy_arguments(argc, argv)']
  const call = `${func.name}(${[...args, ...(func.isTracked ? [unit.place(tree.span)] : [])].join(', ')})`
  const hasStatus = hasValue(tree.type.result)
  return [
    ...(param === undefined ? [] : argumentList(unit, param.type, tree.span)),
    `int main(${param === undefined ? 'void' : 'int argc, char **argv'}) {`,
    '    spy_host_watch_stack();',
    `    ${hasStatus ? 'int32_t status = ' : ''}${call};`,
    '    spy_flush();',
    `    return ${hasStatus ? 'status' : '0'};`,
    '}',
  ]
}

/**
 * A function that makes a list of what the program was called with. It lives as long as the program.
 * KEEP IN STEP: list-object (stdlib/prelude/_list.spy)
 */
function argumentList(unit: Unit, list: SpyType, at: Span): readonly string[] {
  invariant(list.kind === 'struct', 'lists are structs')
  const [data] = fieldsOf(list)
  invariant(data?.type.kind === 'ptr' && data.type.item.kind === 'struct', 'with a pointer to their data')
  const items = fieldsOf(data.type.item).find(({ name }) => name === 'items')
  invariant(items?.type.kind === 'ptr', 'which have a pointer to the items')
  const isChecked = unit.types.mode === 'debug'
  const dataType = unit.types.spell(data.type.item, at)
  const itemType = unit.types.spell(items.type.item, at)
  const itemsField = `data->${fieldName('items')}`
  return [
    `static ${unit.types.spell(list, at)} spy_arguments(int argc, char **argv) {`,
    '    int32_t room = argc > 0 ? argc : 1;',
    '    spy_heap.quiet = true;',
    `    ${dataType} *data = spy_gc_alloc(1, sizeof(${dataType}), ${pointerMap(unit, data.type.item, at)}, SPY_NOWHERE);`,
    '    data->length = argc;',
    '    data->capacity = room;',
    `    ${itemsField}.p = spy_gc_alloc(room, sizeof(${itemType}), ${pointerMap(unit, items.type.item, at)}, SPY_NOWHERE);`,
    ...(isChecked ? [`    ${itemsField}.length = room;`] : []),
    `    for (int i = 0; i < argc; i++) ${itemsField}.p[i] = spy_str_from_c(argv[i]);`,
    '    spy_heap.quiet = false;',
    ...(unit.collects ? ['    spy_gc_pin(data);'] : []),
    `    return (${unit.types.spell(list, at)}){ { data${isChecked ? ', 1' : ''} } };`,
    '}',
  ]
}

function fieldsOf(type: StructType): StructType['fields'] {
  invariant(type.state === 'defined', 'the types of a finished program are defined')
  return type.fields
}
