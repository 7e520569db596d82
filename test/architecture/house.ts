/**
 * The house: which room may import which. ARCHITECTURE.md draws it; here it is data that a test enforces.
 *
 * A room is a folder (or a single file) directly inside an area. A room may import itself, the rooms of its own area
 * that stand before it in `rooms`, and whatever the area lists in `imports`. Areas stand in an order in which each
 * imports only earlier ones. `bans` are the tempting mistakes that this order alone would permit.
 */

export interface Area {
  readonly path: string
  /** Areas, rooms or files outside of this area that all of its rooms may use. */
  readonly imports: readonly string[]
  /** The same, for `import type` only. */
  readonly typeImports?: readonly string[]
  /** Its rooms are one data model, whose types refer to each other; the order holds for values. */
  readonly mutualTypes?: true
  /** In order: later rooms may import earlier ones. `index` is the door of the area and stands last. */
  readonly rooms: readonly string[]
}

export interface Ban {
  readonly from: string
  readonly to: string
  readonly why: string
}

export interface House {
  readonly areas: readonly Area[]
  readonly bans: readonly Ban[]
  /** Rooms and files that may import `node:` modules. */
  readonly node: readonly string[]
  /** Files from which no `node:` module may be reached, however far the way. */
  readonly browser: readonly string[]
  /** Packages from npm, and who may import them. */
  readonly packages: Readonly<Record<string, readonly string[]>>
}

/** The pure floor that the compiler shares with apps: arithmetic and layouts are defined once. */
const FLOOR = ['src/runtime/numbers', 'src/runtime/abi', 'src/runtime/memory']

const HOSTS = ['vite', 'rollup', 'rolldown', 'webpack', 'rspack', 'esbuild']

export const HOUSE: House = {
  areas: [
    {
      path: 'src/runtime',
      imports: [],
      rooms: [
        'numbers',
        'abi',
        'memory',
        'errors',
        'host',
        'marshal',
        'handles',
        'jsffi',
        'boot',
        'hot',
        'dev',
        'index',
      ],
    },
    { path: 'compiler/text', imports: [], rooms: ['source', 'diagnostics', 'index'] },
    {
      path: 'compiler/syntax',
      imports: ['compiler/text', 'src/runtime/numbers'],
      rooms: ['ast', 'lexer', 'parser', 'scope', 'index'],
    },
    { path: 'compiler/modules', imports: ['compiler/text', 'compiler/syntax'], rooms: ['resolve', 'graph', 'index'] },
    {
      path: 'compiler/objects',
      imports: ['compiler/text', ...FLOOR],
      typeImports: ['compiler/syntax'],
      mutualTypes: true, // members of types are values, and values have types
      rooms: [
        'fault',
        'fqn',
        'types',
        'values',
        'functions',
        'dispatch',
        'primitives',
        'primitive-meaning',
        'intrinsics',
        'builtin-funcs',
        'layout',
        'boxes',
        'identities',
        'gc-pointers',
        'index',
      ],
    },
    {
      path: 'compiler/typed',
      imports: ['compiler/text', 'compiler/syntax/ast', 'compiler/objects'],
      rooms: ['tree', 'walk', 'tracked', 'linear', 'roots', 'index'],
    },
    {
      path: 'compiler/machine',
      imports: ['compiler/text', 'compiler/syntax', 'compiler/modules', 'compiler/objects', 'compiler/typed', ...FLOOR],
      rooms: ['vm', 'dispatch', 'rules', 'interp', 'builtins', 'run', 'index'],
    },
    {
      path: 'compiler/redshift',
      imports: [
        'compiler/text',
        'compiler/syntax',
        'compiler/objects',
        'compiler/typed',
        'compiler/machine',
        'src/runtime/numbers',
      ],
      rooms: [],
    },
    {
      path: 'compiler/lowering',
      imports: ['compiler/text', 'compiler/syntax/ast', 'compiler/objects', 'compiler/typed'],
      rooms: ['join-texts', 'linearize', 'plan-roots', 'index'],
    },
    {
      path: 'compiler/backends',
      imports: [
        'compiler/text',
        'compiler/syntax/ast',
        'compiler/objects',
        'compiler/typed',
        'src/runtime/abi',
        'src/runtime/numbers',
      ],
      rooms: ['spy-source', 'wasm', 'c'],
    },
    {
      path: 'compiler/interface',
      imports: [
        'compiler/text',
        'compiler/syntax/ast',
        'compiler/objects',
        'compiler/typed',
        'compiler/machine/vm',
        'src/runtime/abi',
      ],
      rooms: ['model', 'dts', 'facade', 'index'],
    },
    {
      path: 'compiler/inspect',
      imports: [
        'src/runtime/numbers',
        'compiler/text',
        'compiler/syntax',
        'compiler/modules',
        'compiler/objects',
        'compiler/typed',
        'compiler/machine/vm',
        'compiler/backends/spy-source',
      ],
      rooms: [],
    },
    // The script of pages that show trees; what it draws is data that `inspect` makes.
    { path: 'src/viewer', imports: [], typeImports: ['compiler/inspect'], rooms: [] },
    {
      path: 'compiler/toolchain',
      imports: ['compiler/text'],
      rooms: [
        'port',
        'flags',
        'wasm-sections',
        'tidy',
        'dwarf-lines',
        'failure',
        'process',
        'ruff',
        'workplace',
        'runtime-sources',
        'native',
        'emscripten-search',
        'emscripten',
        'emscripten-module',
        'wasm-clang',
        'index',
      ],
    },
    {
      path: 'compiler/driver',
      imports: [
        'compiler/text',
        'compiler/syntax',
        'compiler/modules',
        'compiler/objects',
        'compiler/typed',
        'compiler/machine',
        'compiler/redshift',
        'compiler/lowering',
        'compiler/backends',
        'compiler/interface',
        'compiler/inspect',
        'compiler/toolchain',
        ...FLOOR,
      ],
      rooms: ['artifacts', 'pipelines', 'debugger', 'cli'],
    },
    { path: 'compiler', imports: ['compiler', ...FLOOR], rooms: ['index', 'node', 'cli'] },
    {
      path: 'plugin',
      imports: ['compiler/index.ts', 'compiler/node.ts'],
      rooms: [
        'options',
        'ids',
        'programs',
        'facades',
        'overlay',
        'hmr',
        'dts',
        'dev-server',
        'inspector',
        'hosts',
        'index',
      ],
    },
    {
      path: 'src',
      imports: ['plugin', 'compiler/index.ts', 'compiler/node.ts', 'compiler/cli.ts', 'src/runtime/index.ts'],
      rooms: [...HOSTS, 'node', 'compiler', 'cli'],
    },
  ],

  bans: [
    { from: 'src/runtime/abi', to: 'src/runtime/numbers', why: 'both are leaves' },
    { from: 'src/runtime/hot', to: 'src/runtime/boot', why: 'a hot cell is handed an instance, it does not make one' },
    {
      from: 'src/runtime/boot',
      to: 'src/runtime/marshal',
      why: 'an app pays only for the marshallers its facades use',
    },
    { from: 'compiler/syntax/lexer', to: 'compiler/syntax/ast', why: 'tokens know no tree' },
    { from: 'compiler/syntax/scope', to: 'compiler/syntax/parser', why: 'scopes are found in trees, not in text' },
    { from: 'compiler/machine/builtins', to: 'compiler/machine/interp', why: 'calls go through the Evaluator port' },
    { from: 'compiler/lowering/plan-roots', to: 'compiler/lowering/linearize', why: 'both read the typed tree only' },
    { from: 'compiler/backends/wasm', to: 'compiler/backends/spy-source', why: 'back ends do not know each other' },
    { from: 'compiler/backends/c', to: 'compiler/backends/spy-source', why: 'back ends do not know each other' },
    { from: 'compiler/backends/c', to: 'compiler/backends/wasm', why: 'back ends do not know each other' },
    { from: 'compiler/interface/facade', to: 'compiler/interface/dts', why: 'two printers over one model' },
    { from: 'compiler/toolchain/wasm-clang', to: 'compiler/toolchain/emscripten', why: 'toolchains are alternatives' },
    { from: 'compiler/driver/artifacts', to: 'compiler/toolchain', why: 'results are kept, not made, there' },
    { from: 'compiler/index.ts', to: 'compiler/node.ts', why: 'the door for pages reaches no Node' },
    { from: 'compiler/index.ts', to: 'compiler/driver/cli', why: 'the door for pages reaches no Node' },
    { from: 'plugin/ids', to: 'plugin/options', why: 'ids are pure text' },
    { from: 'plugin/facades', to: 'plugin/programs', why: 'a facade is made from a finished program' },
    { from: 'plugin/overlay', to: 'plugin/programs', why: 'an overlay is made from a diagnostic' },
    { from: 'plugin/hmr', to: 'plugin/facades', why: 'what changed is decided without generated text' },
    { from: 'plugin/dts', to: 'plugin/facades', why: 'declarations come from the interface model' },
    { from: 'plugin/dev-server', to: 'plugin/facades', why: 'it serves bytes, not modules' },
    ...HOSTS.flatMap((from) =>
      HOSTS.filter((to) => to !== from).map((to) => ({
        from: `plugin/hosts/${from}.ts`,
        to: `plugin/hosts/${to}.ts`,
        why: 'hosts may repeat each other, they share nothing',
      })),
    ),
  ],

  node: [
    'compiler/toolchain',
    'compiler/driver/cli',
    'compiler/driver/debugger',
    'compiler/node.ts',
    'compiler/node',
    'plugin',
    'src',
  ],

  browser: ['compiler/index.ts', 'src/compiler.ts', 'src/runtime', 'src/viewer'],

  packages: {
    '@jridgewell/gen-mapping': ['compiler/backends', 'compiler/interface', 'compiler/driver', 'plugin'],
    '@yowasp/clang': ['compiler/toolchain'],
    picocolors: ['compiler/driver/cli', 'compiler/node.ts', 'plugin', 'src'],
    tinyexec: ['compiler/toolchain'],
    unplugin: ['plugin', 'src'],
    'unplugin-utils': ['plugin'],
    vite: ['plugin/hosts', 'plugin/dev-server', 'src'],
    rollup: ['plugin/hosts', 'src'],
    rolldown: ['plugin/hosts', 'src'],
    webpack: ['plugin/hosts', 'src'],
    '@rspack/core': ['plugin/hosts', 'src'],
    esbuild: ['plugin/hosts', 'src'],
  },
}
