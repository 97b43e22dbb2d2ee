/*
 * What nobody can press before the rows are there, in one chunk that comes right after them.
 */

export * as leaseActions from './lease-actions';
export { LeaseSelected } from './lease-selected';
export { ReceiveBar } from './receive-bar';
export { ReceivedStrip } from './received-strip';
export { SelectionBar } from './selection-bar';
// Also what keeps receipts over a reload.
export { StillLeased } from './still-leased';
