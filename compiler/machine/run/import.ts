/**
 * Import time: the modules of a graph are executed, dependencies first, in a fresh VM.
 */
import type { GraphModule, ModuleGraph, SourceModule } from '../../modules/graph.ts'
import { importOrder } from '../../modules/graph.ts'
import type { AnalyzedScopes } from '../../syntax/scope.ts'
import { invariant, SpyError } from '../../text/diagnostics.ts'
import { addBuiltins, addOperator, addTypes } from '../builtins/builtins.ts'
import { addMath } from '../builtins/math.ts'
import { addMetaMembers } from '../builtins/meta.ts'
import { addSpy, addTime } from '../builtins/spy.ts'
import { addTuple } from '../builtins/tuple.ts'
import { addUnsafe } from '../builtins/unsafe.ts'
import type { ModuleObject } from '../vm/objects.ts'
import { Vm, type VmOptions } from '../vm/vm.ts'
import { emptyTable } from './empty-table.ts'
import { Machine, type ModuleSource } from './evaluator.ts'
import { executeModule } from './modules.ts'

/**
 * Import all modules of a graph.
 *
 * @returns the machine, ready to be redshifted or to run functions
 * @throws SpyError for whatever goes wrong at import time, a missing module included
 */
export function importModules(graph: ModuleGraph, options: VmOptions): Machine {
  const importer = new Importer(graph, new Vm(options))
  for (const module of graph.order) importer.execute(module)
  return importer.machine
}

class Importer implements ModuleSource {
  readonly machine: Machine
  readonly #graph: ModuleGraph
  readonly #vm: Vm
  readonly #modules = new Map<GraphModule, ModuleObject>()
  readonly #scopes = new Map<string, AnalyzedScopes>()

  constructor(graph: ModuleGraph, vm: Vm) {
    this.#graph = graph
    this.#vm = vm
    this.machine = new Machine(vm, this)
    addBuiltins(vm)
    addOperator(vm)
    addTypes(vm)
    addMath(vm)
    addUnsafe(vm)
    addSpy(vm)
    addTime(vm)
    addMetaMembers(vm)
    addTuple(vm, this, emptyTable('_tuple'))
  }

  tablesOf(module: string): AnalyzedScopes {
    const scopes = this.#scopes.get(module)
    invariant(scopes !== undefined, `module ${module} has been analysed`)
    return scopes
  }

  importModule(name: string): ModuleObject {
    const known = this.#vm.modules.get(name)
    if (known !== undefined) return known
    const module = this.#graph.addLibraryModule(name)
    for (const needed of importOrder([module])) this.execute(needed)
    const imported = this.#modules.get(module)
    invariant(imported !== undefined, `the library module ${name} has been imported`)
    return imported
  }

  /** Run a module's body, unless that has been done or is being done. */
  execute(module: GraphModule): void {
    if (this.#modules.has(module)) return
    switch (module.kind) {
      case 'missing':
        throw new SpyError(module.error)
      case 'native': {
        const native = this.#vm.modules.get(module.name)
        invariant(native !== undefined, `the native module ${module.name} exists`)
        this.#modules.set(module, native)
        return
      }
      case 'source':
        this.#executeSource(module)
    }
  }

  #executeSource(source: SourceModule): void {
    // A file of the library that somebody asks for is a program like any other.
    const isLibrary = source.isLibrary && !this.#graph.entries.includes(source)
    const module = this.#vm.addModule(source.name, source.path, isLibrary)
    this.#modules.set(source, module)
    this.#scopes.set(source.name, source.scopes)
    const imports = (written: string): ModuleObject | undefined => {
      const target = source.imports.get(written)
      return target === undefined ? undefined : this.#modules.get(target)
    }
    this.#vm.importing++
    try {
      executeModule(this.#vm, this, source.tree, source.scopes.module, module, imports)
    } finally {
      this.#vm.importing--
    }
  }
}
