/** Results of builds, kept in files: loaded by those commands alone that build. */
export { nodeArtifacts } from '../../compiler/node.ts'
