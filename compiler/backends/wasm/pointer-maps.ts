/**
 * Pointer maps: what the collector knows about the items of a block.
 *
 *     { u32 bytes of an item; u32 n; u32 offsets of its n gc pointers, in bytes }
 *
 * KEEP IN STEP: pointer-map (runtime-c/include/spy/memory.h)
 */
import { gcOffsets } from '../../objects/gc-pointers.ts'
import { type LayoutMode, layoutOf } from '../../objects/layout.ts'
import type { SpyType } from '../../objects/types.ts'
import { ByteWriter } from './encode.ts'

/** Undefined for items without gc pointers: the collector need not look into them. */
export function pointerMap(item: SpyType, mode: LayoutMode): Uint8Array | undefined {
  const offsets = gcOffsets(item, mode)
  if (offsets.length === 0) return undefined
  const map = new ByteWriter()
  map.u32(layoutOf(item, mode)?.size ?? 0)
  map.u32(offsets.length)
  for (const offset of offsets) map.u32(offset)
  return map.finish()
}
