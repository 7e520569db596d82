/**
 * What a viewer of trees writes behind the kind of a node.
 */
import { quote } from '../../src/runtime/numbers.ts'
import type { Node } from '../syntax/ast.ts'
import { reprBytes, reprLiteral } from './python-repr.ts'

/** A few words that tell nodes of one kind apart, or undefined where there are none. */
export function shortLabel(node: Node): string | undefined {
  switch (node.kind) {
    case 'Import':
      return node.asname
    case 'Name':
      return node.id
    case 'Literal':
      return reprLiteral(node.value)
    case 'StrLiteral':
      return quote(node.value)
    case 'BytesLiteral':
      return reprBytes(node.value)
    case 'BinOp':
    case 'CmpOp':
    case 'UnaryOp':
    case 'AugAssign':
    case 'AugSetAttr':
    case 'AugSetItem':
      return node.op
    case 'FuncArg':
      return `${node.name} ${node.argKind}`
    case 'FuncDef':
      return `${node.color} ${node.name}`
    case 'GenericFuncDef':
    case 'GenericClassDef':
      return node.name
    case 'ClassDef':
      return `${node.classKind} ${node.name}`
    default:
      return undefined
  }
}
