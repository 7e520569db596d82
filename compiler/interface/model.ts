/** What a module offers to JavaScript, as data, and what the program must export for it. */
export { describeInterface, type InterfaceSource } from './model/describe-interface.ts'
export {
  bindingOf,
  type ClassModel,
  type ConstantModel,
  type FunctionModel,
  type InterfaceModel,
  isPrivate,
  type NameModel,
  type Place,
  type RefusedModel,
  type VariableModel,
} from './model/interface-model.ts'
export { type Audience, type ProgramExports, programExports } from './model/program-exports.ts'
export { valueText } from './model/values.ts'
