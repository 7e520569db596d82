/**
 * Methods of tuples that only operations on `dynamic` values call: there, an item that is found at run time may be of
 * any type.
 */

/** (t, i: i32) → dynamic */
export const ITEM_AT = '_item_at'

/** (t) → an iterator of dynamic items */
export const ITERATOR_OF_ANY = '_iterator_of_any'
