/**
 * Expressions as they are written. The `kind` of a node is its label in tree dumps. Nodes are read-only and have
 * identity: what a later stage learns about one is kept in a table keyed by the node.
 */
import type { Span } from '../../text/source.ts'
import type { BinaryOp, ComparisonOp, UnaryOperator } from './operators.ts'
import type { Stmt, UnpackTarget } from './statements.ts'

export type Expr =
  | Name
  | Auto
  | Literal
  | StrLiteral
  | BytesLiteral
  | JoinedStr
  | GetItem
  | List
  | Tuple
  | SetDisplay
  | Dict
  | ListComp
  | SetComp
  | DictComp
  | Call
  | CallMethod
  | GetAttr
  | Slice
  | BinOp
  | CmpOp
  | CmpChain
  | And
  | Or
  | UnaryOp
  | IfExp
  | AssignExpr
  | BlockExpr

export interface Name {
  readonly kind: 'Name'
  readonly span: Span
  readonly id: string
}

/** Stands where a type was left out. */
export interface Auto {
  readonly kind: 'Auto'
  readonly span: Span
}

export type IntType = 'i8' | 'u8' | 'i32' | 'u32' | 'i64' | 'u64'

/** Calls of these with a number are literals of that type, whatever the name means otherwise. */
export const LITERAL_TYPES: ReadonlySet<string> = new Set(['i8', 'u8', 'i32', 'u32', 'i64', 'u64', 'f64', 'f32'])

/** What a literal means. `int` is a plain integer of any size, whose range is checked when it is evaluated. */
export type LiteralValue =
  | { readonly type: 'int' | IntType; readonly value: bigint }
  | { readonly type: 'f64' | 'f32'; readonly value: number }
  | { readonly type: 'complex128'; readonly imag: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'NoneType' }

export interface Literal {
  readonly kind: 'Literal'
  readonly span: Span
  readonly value: LiteralValue
}

export interface StrLiteral {
  readonly kind: 'StrLiteral'
  readonly span: Span
  readonly value: string
}

export interface BytesLiteral {
  readonly kind: 'BytesLiteral'
  readonly span: Span
  readonly value: Uint8Array
}

/** An f-string: texts and replacement fields in source order; no two texts stand side by side and none is empty. */
export interface JoinedStr {
  readonly kind: 'JoinedStr'
  readonly span: Span
  readonly parts: readonly (StrLiteral | FormattedValue)[]
}

/** `{value!r:spec}`. In `{x=}` the text `x=` is part of the text before, and the conversion is `r` without a spec. */
export interface FormattedValue {
  readonly kind: 'FormattedValue'
  readonly span: Span
  readonly value: Expr
  readonly conversion: 's' | 'r' | 'a' | null
  readonly spec: JoinedStr | null
}

/** `value[args]`; `x[()]` has no argument, `x[(i, j)]` is `x[i, j]`. */
export interface GetItem {
  readonly kind: 'GetItem'
  readonly span: Span
  readonly value: Expr
  readonly args: readonly Expr[]
}

export interface List {
  readonly kind: 'List'
  readonly span: Span
  readonly items: readonly Expr[]
}

export interface Tuple {
  readonly kind: 'Tuple'
  readonly span: Span
  readonly items: readonly Expr[]
}

/** `{a, b}` */
export interface SetDisplay {
  readonly kind: 'Set'
  readonly span: Span
  readonly items: readonly Expr[]
}

export interface Dict {
  readonly kind: 'Dict'
  readonly span: Span
  readonly items: readonly KeyValuePair[]
}

/** Its span is that of the key. */
export interface KeyValuePair {
  readonly kind: 'KeyValuePair'
  readonly span: Span
  readonly key: Expr
  readonly value: Expr
}

export interface ListComp {
  readonly kind: 'ListComp'
  readonly span: Span
  readonly element: Expr
  readonly generators: readonly Comprehension[]
}

export interface SetComp {
  readonly kind: 'SetComp'
  readonly span: Span
  readonly element: Expr
  readonly generators: readonly Comprehension[]
}

export interface DictComp {
  readonly kind: 'DictComp'
  readonly span: Span
  readonly key: Expr
  readonly value: Expr
  readonly generators: readonly Comprehension[]
}

/** `for target in iter if conditions[0] if conditions[1]`; `seq` numbers loops as in `For`. */
export interface Comprehension {
  readonly kind: 'Comprehension'
  readonly span: Span
  readonly seq: number
  readonly target: StrLiteral | UnpackTarget
  readonly iter: Expr
  readonly conditions: readonly Expr[]
}

/** `func(args, keywords)`. A callee that is an attribute makes a `CallMethod` instead. */
export interface Call {
  readonly kind: 'Call'
  readonly span: Span
  readonly func: Expr
  readonly args: readonly Expr[]
  readonly keywords: readonly Keyword[]
}

/** `target.method(args, keywords)`, parenthesised or not. The span of `method` is that of `target.method`. */
export interface CallMethod {
  readonly kind: 'CallMethod'
  readonly span: Span
  readonly target: Expr
  readonly method: StrLiteral
  readonly args: readonly Expr[]
  readonly keywords: readonly Keyword[]
}

/** `name=value` in a call; `name` is where the parameter's name stands. */
export interface Keyword {
  readonly kind: 'Keyword'
  readonly span: Span
  readonly name: StrLiteral
  readonly value: Expr
}

/** `value.attr`. The span of `attr` is that of the whole. */
export interface GetAttr {
  readonly kind: 'GetAttr'
  readonly span: Span
  readonly value: Expr
  readonly attr: StrLiteral
}

/** Missing parts are `None` literals with the span of the slice. */
export interface Slice {
  readonly kind: 'Slice'
  readonly span: Span
  readonly start: Expr
  readonly stop: Expr
  readonly step: Expr
}

export interface BinOp {
  readonly kind: 'BinOp'
  readonly span: Span
  readonly op: BinaryOp
  readonly left: Expr
  readonly right: Expr
}

export interface CmpOp {
  readonly kind: 'CmpOp'
  readonly span: Span
  readonly op: ComparisonOp
  readonly left: Expr
  readonly right: Expr
}

/** `left ops[0] comparators[0] ops[1] comparators[1] ...`, two comparisons or more. */
export interface CmpChain {
  readonly kind: 'CmpChain'
  readonly span: Span
  readonly left: Expr
  readonly ops: readonly ComparisonOp[]
  readonly comparators: readonly Expr[]
}

export interface And {
  readonly kind: 'And'
  readonly span: Span
  readonly left: Expr
  readonly right: Expr
}

export interface Or {
  readonly kind: 'Or'
  readonly span: Span
  readonly left: Expr
  readonly right: Expr
}

export interface UnaryOp {
  readonly kind: 'UnaryOp'
  readonly span: Span
  readonly op: UnaryOperator
  readonly value: Expr
}

/** `body if test else orelse` */
export interface IfExp {
  readonly kind: 'IfExp'
  readonly span: Span
  readonly test: Expr
  readonly body: Expr
  readonly orelse: Expr
}

/** `(target := value)`; its span excludes the parentheses. */
export interface AssignExpr {
  readonly kind: 'AssignExpr'
  readonly span: Span
  readonly target: StrLiteral
  readonly value: Expr
}

/** `__block__("""...""")`: statements inside an expression, run in the scope of the enclosing function. */
export interface BlockExpr {
  readonly kind: 'BlockExpr'
  readonly span: Span
  readonly body: readonly Stmt[]
  readonly value: Expr
}
