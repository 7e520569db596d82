/** Results that are kept: made once for equal inputs, found again by what they were made from. */
export { type AnswerTools, answered } from './artifacts/answers.ts'
export { artifactKey, cached } from './artifacts/key.ts'
export type { ArtifactKey, ArtifactStore } from './artifacts/store.ts'
