/** Errors of the compiler in the shape of each host. */
export { type EsbuildMessage, esbuildMessage } from './overlay/esbuild.ts'
export { type ErrorReport, reportError } from './overlay/report.ts'
export { type RollupShapedError, rollupError } from './overlay/rollup.ts'
export { type OverlayPayload, overlayPayload, overlayText, viteError } from './overlay/vite.ts'
export { webpackError } from './overlay/webpack.ts'
