/** From a changed file to what running apps must do. */
export { planUpdate, type Update } from './hmr/update.ts'
