/**
 * The fields of every kind of node in the order in which dumps show them and walks visit them. Spans are not listed:
 * they are not part of a node's content.
 */
import type { Node, NodeKind, NodeOf } from './nodes.ts'

type FieldsOf<N> = readonly Exclude<keyof N & string, 'kind' | 'span' | `${string}Span`>[]

export const FIELDS: { readonly [K in NodeKind]: FieldsOf<NodeOf<K>> } = {
  Module: ['filename', 'docstring', 'decls'],
  GlobalFuncDef: ['funcdef'],
  GlobalGenericFuncDef: ['funcdef'],
  GlobalVarDef: ['vardef'],
  GlobalClassDef: ['classdef'],
  GlobalGenericClassDef: ['classdef'],
  Import: ['ref', 'asname'],
  FuncDef: ['color', 'funcKind', 'name', 'args', 'returnType', 'defaults', 'docstring', 'body', 'decorators'],
  FuncArg: ['name', 'type', 'argKind'],
  GenericFuncDef: ['name', 'args', 'inner'],
  ClassDef: ['name', 'classKind', 'base', 'docstring', 'body'],
  GenericClassDef: ['name', 'args', 'inner'],

  Pass: [],
  Break: [],
  Continue: [],
  Return: ['value'],
  VarDef: ['varKind', 'name', 'type', 'value'],
  StmtExpr: ['value'],
  Assign: ['target', 'value'],
  SingleTarget: ['name'],
  UnpackTarget: ['targets'],
  AugAssign: ['op', 'target', 'value'],
  AugSetAttr: ['op', 'target', 'attr', 'value'],
  AugSetItem: ['op', 'target', 'args', 'value'],
  SetAttr: ['target', 'attr', 'value'],
  SetItem: ['target', 'args', 'value'],
  If: ['test', 'thenBody', 'elseBody'],
  While: ['test', 'body'],
  For: ['seq', 'target', 'iter', 'body'],
  With: ['items', 'body'],
  WithItem: ['seq', 'context', 'target'],
  Raise: ['exc'],
  Assert: ['test', 'msg'],

  Name: ['id'],
  Auto: [],
  Literal: ['value'],
  StrLiteral: ['value'],
  BytesLiteral: ['value'],
  JoinedStr: ['parts'],
  FormattedValue: ['value', 'conversion', 'spec'],
  GetItem: ['value', 'args'],
  List: ['items'],
  Tuple: ['items'],
  Set: ['items'],
  Dict: ['items'],
  KeyValuePair: ['key', 'value'],
  ListComp: ['element', 'generators'],
  SetComp: ['element', 'generators'],
  DictComp: ['key', 'value', 'generators'],
  Comprehension: ['seq', 'target', 'iter', 'conditions'],
  Call: ['func', 'args', 'keywords'],
  CallMethod: ['target', 'method', 'args', 'keywords'],
  Keyword: ['name', 'value'],
  GetAttr: ['value', 'attr'],
  Slice: ['start', 'stop', 'step'],
  BinOp: ['op', 'left', 'right'],
  CmpOp: ['op', 'left', 'right'],
  CmpChain: ['left', 'ops', 'comparators'],
  And: ['left', 'right'],
  Or: ['left', 'right'],
  UnaryOp: ['op', 'value'],
  IfExp: ['test', 'body', 'orelse'],
  AssignExpr: ['target', 'value'],
  BlockExpr: ['body', 'value'],
}

/** Name and value of each field of a node, in order. */
export function fieldsOf(node: Node): [name: string, value: unknown][] {
  const entries = node as unknown as Readonly<Record<string, unknown>>
  return FIELDS[node.kind].map((name) => [name, entries[name]])
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'span' in value
}
