/** The binary format: bytes, instructions, sections. Knows nothing of SPy. */
export { ByteWriter } from './encode/byte-writer.ts'
export {
  type FlowWatcher,
  type FuncRef,
  FunctionBody,
  type Label,
  type Signature,
  type TypeNumbers,
  type WrittenRead,
} from './encode/function-body.ts'
export { type Import, type LinkedModule, ModuleWriter, type PlacedMark } from './encode/module-writer.ts'
export type { LoadOp, Op, SaturatingOp, StoreOp, ValueType } from './encode/opcodes.ts'
