/** Standard input of programs in pages: there is none. */

/** Import `spy.fd_read`: at the end from the start. */
export const fd_read = () => (): number => 0
